"""What a store can fetch is a function of published facts: in two worlds that differ in who came,
when within the week, with which phone and which bytes, it is the same to the last byte.
"""

import io
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from PIL import Image

from inspection.persistence.statements import run
from inspection.persistence.tables import TABLES
from inspection.services.notices.notice_verifying import verify_notice
from inspection.services.notices.notices import (
    notice_list,
    notice_of,
    notice_photo,
)
from inspection.services.notices.store_notice_results import StoreNotice, StoreNoticeItem
from tests.cast import CHEN, CLUB, LI, MA, SUN, Person
from tests.makers import START, Clock, a_province, some_tools
from tests.receiving import rows_of
from tests.reviewing import a_visit, another_assignment, approve, send_photo, sign, snapshot_of
from tests.submissions import a_submission

APPROVED, SIGNED, READ = (START + timedelta(days=n) for n in (5, 6, 7))


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a visit that must stay in the house."""

    inspector: Person
    visit: str
    started_at: str
    ended_at: str
    sent_at: str
    taken_at: str
    received: timedelta
    device: dict[str, str]
    place: dict[str, int] | None
    clock_offset_ms: int
    origin: str
    comment: bytes
    tapped: tuple[str, ...] = ()
    check_in: dict[str, Any] | None = None
    check_out: dict[str, Any] | None = None
    remarks: tuple[dict[str, str], ...] = ()
    observed_at: str | None = None


ONE = Circumstances(
    inspector=LI,
    visit="one",
    started_at="2026-11-16T08:10:00+08:00",
    ended_at="2026-11-16T08:52:00+08:00",
    sent_at="2026-11-16T08:53:00+08:00",
    taken_at="2026-11-16T08:31:00+08:00",
    received=timedelta(minutes=3),
    device={"id": "phone-1", "app": "1.0.0"},
    place={"latitude_e6": 36061000, "longitude_e6": 103834000, "accuracy_m": 12},
    clock_offset_ms=120,
    origin="camera",
    comment=b"",
)
OTHER = Circumstances(
    inspector=MA,
    visit="other",
    started_at="2026-11-22T17:40:00+08:00",
    ended_at="2026-11-22T17:44:00+08:00",
    sent_at="2026-11-22T23:59:00+08:00",
    taken_at="2026-11-20T12:00:00+08:00",
    received=timedelta(days=4, hours=15),
    device={"id": "tablet-77", "app": "9.9.9"},
    place=None,
    clock_offset_ms=-720_000,
    origin="gallery",
    comment=b"taken by A-021 on a tablet",
    tapped=("KC-E-02", "KC-E-03"),
    check_in={
        "at": "2026-11-22T17:39:00+08:00",
        "place": {"latitude_e6": 36061001, "longitude_e6": 103834001, "accuracy_m": 9},
    },
    check_out={"at": "2026-11-22T17:45:00+08:00", "place": None},
    remarks=({"at": "2026-11-22T17:41:00+08:00", "text": "保安问了两次"},),
    observed_at="2026-11-22T17:42:00+08:00",
)


def a_picture(comment: bytes) -> bytes:
    """The same pixels, whatever the file says besides."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(
        written, "JPEG", quality=90, comment=comment
    )
    return written.getvalue()


async def told_to_the_store(tmp_path, circumstances: Circumstances) -> dict[str, bytes]:
    """One world from the visit to the store's screen; everything the store got there."""
    clock = Clock()
    tools = some_tools(tmp_path / circumstances.visit, clock)
    await a_province(tools)
    clock.go_on(seconds=circumstances.received.total_seconds())
    visit = await _send(tools, circumstances)
    clock.time = APPROVED
    outcome = await approve(tools, visit, by=SUN)
    clock.time = SIGNED
    signed = await sign(tools, outcome.notice)
    clock.time = READ
    notice = await notice_of(tools, CHEN.actor, signed.id)
    assert isinstance(notice, StoreNotice)
    snapshot = await snapshot_of(signed.id)
    token = snapshot.verify_url.rpartition("/")[2]
    tools.passwords.close()
    return {
        "notice": msgspec.json.encode(notice),
        "list": msgspec.json.encode(await notice_list(tools, CHEN.actor)),
        "snapshot": msgspec.json.encode(snapshot),
        "photo": await notice_photo(tools, CHEN.actor, signed.id, 1, 1),
        "verified": msgspec.json.encode(await verify_notice(token)),
    }


async def _send(tools, circumstances: Circumstances) -> str:
    given = circumstances
    photo = a_picture(given.comment)
    await send_photo(tools, photo, by=given.inspector)
    assignment = await another_assignment(tools, given.inspector, CLUB, "x")
    answers = a_submission(losses=("KC-E-01", "KC-M-01"), pictures=(photo,))["answers"]
    for answer in answers:
        answer["observed_at"] = given.observed_at
    visit = await a_visit(
        tools,
        given.visit,
        by=given.inspector,
        losses=("KC-E-01", "KC-M-01"),
        pictures=(photo,),
        assignment=assignment,
        line={"taken_at": given.taken_at, "origin": given.origin},
        started_at=given.started_at,
        ended_at=given.ended_at,
        sent_at=given.sent_at,
        device=given.device,
        place=given.place,
        clock_offset_ms=given.clock_offset_ms,
        bulk_pass=list(given.tapped),
        check_in=given.check_in,
        check_out=given.check_out,
        remarks=list(given.remarks),
        answers=answers,
    )
    (row,) = await rows_of("visit")
    assert (row["id"], row["inspector"]) == (visit, given.inspector.account)
    return visit


async def _forget_everything() -> None:
    # A counter or a number of the first world must not help or hinder the second.
    for table in reversed(TABLES):
        if table._meta.tablename == "region":
            for level in ("county", "branch", "province"):
                await run("DELETE FROM region WHERE level = ?", level)
        elif table._meta.tablename == "round":
            await run("UPDATE round SET previous = NULL")
            await run("DELETE FROM round")
        else:
            await run(f'DELETE FROM "{table._meta.tablename}"')


async def test_two_worlds_that_differ_in_secrets_only_look_the_same_to_the_store(
    database, tmp_path
):
    one = await told_to_the_store(tmp_path, ONE)
    await _forget_everything()
    other = await told_to_the_store(tmp_path, OTHER)
    assert one == other


async def test_the_week_is_told_and_is_all_that_is_told_of_the_time(database, tmp_path):
    one = await told_to_the_store(tmp_path, ONE)
    await _forget_everything()
    later = {
        "started_at": "2026-11-23T08:10:00+08:00",
        "ended_at": "2026-11-23T08:52:00+08:00",
        "sent_at": "2026-11-23T08:53:00+08:00",
    }
    other = await told_to_the_store(tmp_path, msgspec.structs.replace(ONE, visit="later", **later))
    assert "2026年第47周".encode() in one["notice"]
    assert other["notice"].replace("第48周".encode(), "第47周".encode()) == one["notice"].replace(
        msgspec.json.decode(one["notice"])["check"].encode(),
        msgspec.json.decode(other["notice"])["check"].encode(),
    )


async def test_nothing_of_the_circumstances_is_in_what_the_store_gets(database, tmp_path):
    told = await told_to_the_store(tmp_path, OTHER)
    (visit,) = await rows_of("visit")
    (photo,) = await rows_of("photo", "sha256")
    secrets = [
        *(OTHER.inspector.name, OTHER.inspector.pseudonym, OTHER.inspector.account),
        *(visit["id"], visit["assignment"], visit["content_hash"], photo["sha256"]),
        *(OTHER.device["id"], OTHER.device["app"], "taken by"),
        *("2026-11-22", "2026-11-20T", "11月22日", "17:40", "17:44"),
    ]
    for name, content in told.items():
        leaked = [secret for secret in secrets if secret.encode() in content]
        assert leaked == [], name


@pytest.mark.parametrize("shape", [StoreNotice, StoreNoticeItem])
def test_the_structs_for_stores_have_no_room_for_circumstances(shape):
    fields = set(shape.__struct_fields__)
    assert not fields & {
        "visit", "inspector", "pseudonym", "started_at", "ended_at", "received_at", "attempt",
        "device", "taken_at", "place", "content_hash", "region_path", "snapshot", "verify_token",
    }  # fmt: skip
