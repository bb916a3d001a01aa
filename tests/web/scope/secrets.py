"""What no store and nobody with a link may ever be sent, and where it is planted.

Every table is either of the HOUSE, where no store is a party, or SHARED. Every column of a table of
the house that the product does not need to work is filled with something that can be searched for,
so that a new column is covered without anybody thinking of it; a new table has to be put into one
of the two, and a column of a shared one whose name sounds like a person, a phone or a place has to
be named among those that are TOLD.
"""

import io
import re
import struct
from datetime import UTC, date, datetime
from typing import Any

from piccolo.columns import Bytea, Column, Date, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table
from PIL import Image

from inspection.persistence.statements import run
from inspection.persistence.tables import TABLES

CANARY = "qxzcanary"
MOMENT = datetime(2024, 2, 29, 21, 47, 13, tzinfo=UTC)
"""When everything of the house happened, and the day of it in China is the next."""

VISITED = datetime(2026, 11, 16, 21, 47, 13, tzinfo=UTC)
"""When the visit was made: its week is told, its day and its hour are not."""

LATITUDE, LONGITUDE = 31_415_926, 92_653_589

TIMES = (
    *("2024-02-29", "2024-03-01", "02-29", "03-01", "2月29日", "3月1日", "29 February"),
    *("2026-11-16", "2026-11-17", "11-16", "11-17", "11月16日", "11月17日"),
    *("16 November", "17 November", "21:47", "05:47"),
)
PLACES = ("31415926", "31.415", "92653589", "92.653")

# What a table of the house needs to be what it is, or what reaches a store on purpose.
HOUSE: dict[str, str] = {
    "account": "role region_path password_hash language disabled_at created_at",
    "account_unit": "",
    "assignment": "state",
    "correction": "item old_answer new_answer source",
    "draft": "",
    "draft_copy": "photos",
    "inspector_profile": "",
    "parked": "faults code settlement settled_at",
    "photo": "state evidence_sha256 print_sha256 thumb_sha256",
    "photo_band": "sha256 bits",
    "proposed_visit": "",
    "pseudonym": "",
    "push_subscription": "",
    "reinspection": "state region_path",
    "reinspection_line": "verdict",
    "reinspection_photo": "item sha256",
    "reinspection_sending": "body",
    "release_batch": "kind key region_path done_at",
    "release_hold": "",
    "released_item": "item problem photos",
    "rescore": "store_kind region_path state job marker digest shown_at confirmed_at ended_at",
    "rescore_line": "change why old_digest new_digest old_outcome new_outcome old_band new_band"
    " fate notice",
    "review": "decision",
    "review_mark": "item mark",
    "round_proposal": "region_path state choice",
    "session": "token_hash expires_at revoked_at lost_at created_at seen_at",
    "submission": "body",
    "visit": "region_path state outcome band flags started_at",
    "visit_answer": "item section verdict severity body",
    "visit_photo": "item sha256 marked_from",
    "visit_scorecard": "body",
    "visit_section": "section",
}

SHARED = frozenset(
    {
        "api_token",
        "appeal",
        "appeal_file",
        "appeal_message",
        "attachment",
        "audit_event",
        "audit_head",
        "bot",
        "bulletin",
        "bulletin_reading",
        "complaint_count",
        "delivery",
        "delivery_attempt",
        "drawn_number",
        "export_run",
        "follow_up_call",
        "former_path",
        "inbox_message",
        "invitation",
        "issuer",
        "job",
        "line_extension",
        "line_handler",
        "line_pause",
        "line_reminder",
        "message_choice",
        "notice",
        "notice_batch",
        "notice_batch_row",
        "notice_counter",
        "notice_delivery",
        "notice_line",
        "notice_link",
        "notice_urge",
        "recovery_code",
        "rectification_photo",
        "rectification_reply",
        "rectification_verdict",
        "region",
        "round",
        "round_decision",
        "round_place",
        "round_tally",
        "round_rubric",
        "round_schedule",
        "rubric_decision",
        "rubric_draft",
        "rubric_photo",
        "rubric_version",
        "rubric_withdrawal",
        "scheduled_export",
        "second_step",
        "sheet_import",
        "sheet_import_row",
        "sign_in_bucket",
        "sign_in_step",
        "solved_case",
        "standing",
        "store",
        "store_sending",
        "webhook",
    }
)

PERSONAL = re.compile(
    r"name|pseudonym|phone|sign_in|device|agent|address|tude|endpoint|mail|origin|cover|contact"
    r"|^app$|inspector"
)

TOLD: dict[str, str] = {
    "api_token": "name",
    "appeal_file": "name",
    "appeal_message": "to_inspector",
    "attachment": "name",
    "bot": "name",
    "export_run": "file_name",
    "issuer": "name",
    "line_handler": "name",
    "message_choice": "mail mail_token_hash mail_asked_at mail_confirmed_at",
    "notice": "receipt_name",
    "rectification_photo": "origin",
    "region": "name_zh name_en",
    "round": "name_zh name_en",
    "round_schedule": "name_zh name_en",
    "scheduled_export": "name",
    "sheet_import": "file_name",
    "sheet_import_row": "name",
    "store": "name address latitude_e6 longitude_e6 contact_name contact_phone contact_verified_on",
    "webhook": "name",
}
"""Columns of shared tables that sound personal and are not an inspector's."""

UPLOADED = {"sheet_import": "file_name"}
"""What files are called that people of the house bring, in shared tables. Photos keep no name."""

_INSPECTORS = "(SELECT id FROM account WHERE role = 'inspector')"
_ONLY = {
    "account": " WHERE role = 'inspector'",
    **dict.fromkeys(
        ("session", "pseudonym", "account_unit", "push_subscription"),
        f" WHERE account IN {_INSPECTORS}",
    ),
}


def tables() -> dict[str, type[Table]]:
    """Every table by its name."""
    return {table._meta.tablename: table for table in TABLES}


def columns(table: type[Table], *kinds: type[Column]) -> list[str]:
    """The names of its columns of these kinds, keys and references left out."""
    return [
        column._meta.name
        for column in table._meta.columns
        if isinstance(column, kinds)
        and not isinstance(column, ForeignKey)
        and not column._meta.primary_key
    ]


def planted(name: str) -> list[str]:
    """The columns of a table of the house that get something to be searched for."""
    known = columns(tables()[name], Varchar, Text, Timestamptz, Date, Bytea)
    return [column for column in known if column not in HOUSE[name].split()]


async def plant() -> None:
    """Fill every row there is now."""
    for name in HOUSE:
        table = tables()[name]
        key = table._meta.primary_key._meta.name
        for row in await run(f"SELECT {key} FROM {name}{_ONLY.get(name, '')}"):
            for column in planted(name):
                value = _secret(table, column, str(row[key]))
                await run(f"UPDATE {name} SET {column} = ? WHERE {key} = ?", value, row[key])
    for name, column in UPLOADED.items():
        await run(f"UPDATE {name} SET {column} = ?", f"{CANARY} {column}.xlsx")
    await run("UPDATE visit SET started_at = ?", VISITED)


async def ids() -> set[str]:
    """The ids of inspectors, of what they did, and the names of what their phones sent."""
    found = {
        str(row["id"]) for row in await run(f"SELECT id FROM account WHERE id IN {_INSPECTORS}")
    }
    done = ("visit", "assignment", "submission", "review", "visit_photo", "draft_copy")
    for name in (*done, "reinspection", "reinspection_sending"):
        found |= {str(row["id"]) for row in await run(f"SELECT id FROM {name}")}
    for row in await run("SELECT sha256, evidence_sha256, thumb_sha256 FROM photo"):
        found |= {str(value) for value in row.values() if value}
    return found


def a_telling_photo() -> bytes:
    """A photo that says who took it, where and when, in every place a JPEG has for it, and in the
    small picture inside of its EXIF.
    """
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x9003] = CANARY, CANARY, f"{MOMENT:%Y:%m:%d %H:%M:%S}"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (31.0, 24.0, 57.0), f"{MOMENT:%Y:%m:%d}"
    written = io.BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(
        written, "JPEG", quality=90, exif=_with_thumbnail(exif.tobytes()),
        comment=CANARY.encode(),
        xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode(),
    )  # fmt: skip
    return written.getvalue() + f"{CANARY} at the very end".encode()


def _with_thumbnail(exif: bytes) -> bytes:
    """The same EXIF block with a second directory, which holds a JPEG that tells as much."""
    small = io.BytesIO()
    Image.new("RGB", (16, 12)).save(small, "JPEG", comment=f"{CANARY} thumbnail".encode())
    start, order = len(b"Exif\0\0"), "<" if exif[6:8] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", exif, start + 4)
    (entries,) = struct.unpack_from(f"{order}H", exif, start + first)
    link = start + first + 2 + 12 * entries
    here = len(exif) - start
    jpeg = here + 2 + 12 * 2 + 4
    parts = (2, 0x0201, 4, 1, jpeg, 0x0202, 4, 1, len(small.getvalue()), 0)
    second = struct.pack(f"{order}HHHIIHHIII", *parts)
    return (
        exif[:link] + struct.pack(f"{order}I", here) + exif[link + 4 :] + second + small.getvalue()
    )


def telling_parts() -> dict[str, Any]:
    """What a phone sends beside the answers."""
    place = {"latitude_e6": LATITUDE, "longitude_e6": LONGITUDE, "accuracy_m": 7}
    here = {"at": VISITED.isoformat(), "place": place}
    return {
        "device": {"id": f"{CANARY}-phone", "app": f"{CANARY}-app"},
        "place": place,
        "check_in": here,
        "check_out": here,
        "remarks": [{"at": VISITED.isoformat(), "text": f"{CANARY} 保安问了两次"}],
    }


def _secret(table: type[Table], name: str, key: str) -> object:
    (column,) = (each for each in table._meta.columns if each._meta.name == name)
    if isinstance(column, Timestamptz):
        return MOMENT
    if isinstance(column, Date):
        return date(2024, 2, 29)
    if isinstance(column, Bytea):
        return f"{CANARY}{key}{name}".encode()
    most = column.length if isinstance(column, Varchar) else 200
    return f"{CANARY}{key}{name}"[: most or 200]
