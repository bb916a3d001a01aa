"""What phones send of looks at stores, and what inspectors have to look at."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.rectifications.reinspection import ReinspectionState
from inspection.persistence.rounds.assignments import OUTING, Outing
from inspection.persistence.statements import insertion, marks, run, run_many
from inspection.persistence.visits.visit_details import NamedPhoto, VisitFound, VisitListed


class SendingRow(msgspec.Struct, frozen=True, kw_only=True):
    """What was sent, with its receipt."""

    id: str
    reinspection: str
    content_hash: str
    body: str
    receipt: str
    account: str
    received_at: datetime


class SentPhotoRow(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of it."""

    reinspection: str
    item: str
    position: int
    sha256: str


class SeenPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of a look with its clean copy, once there is one."""

    id: int
    item: str
    state: str
    print_sha256: str | None
    shown: bool


class AskedFor(msgspec.Struct, frozen=True, kw_only=True):
    """A look a phone says something came of. `features` is JSON."""

    id: str
    inspector: str
    state: ReinspectionState
    rubric_version: str
    features: str


class TaskRow(Outing, frozen=True, kw_only=True):
    """A look as its inspector gets it."""

    id: str
    state: ReinspectionState


async def find_sending(visit: str) -> SendingRow | None:
    """What was sent under this id."""
    rows = await run(f"{_SENT} WHERE id = ?", visit)
    return msgspec.convert(rows[0], SendingRow) if rows else None


async def sending_of(reinspection: str) -> SendingRow | None:
    """What was sent of a look."""
    rows = await run(f"{_SENT} WHERE reinspection = ?", reinspection)
    return msgspec.convert(rows[0], SendingRow) if rows else None


async def add_sending(row: SendingRow, photos: Sequence[SentPhotoRow]) -> None:
    """Keep what was sent. Raises UniqueBroken when another was faster."""
    await run(insertion("reinspection_sending", SendingRow), *msgspec.structs.astuple(row))
    if photos:
        await run_many(
            insertion("reinspection_photo", SentPhotoRow),
            [msgspec.structs.astuple(photo) for photo in photos],
        )


async def asked_for(reinspection: str) -> AskedFor | None:
    """The look a submission names."""
    rows = await run(
        "SELECT x.id, x.inspector, x.state, v.rubric_version, s.features FROM reinspection x"
        " JOIN visit v ON v.id = x.visit JOIN store s ON s.id = x.store WHERE x.id = ?",
        reinspection,
    )
    return msgspec.convert(rows[0], AskedFor) if rows else None


async def tasks_of(inspector: str, since: datetime) -> tuple[TaskRow, ...]:
    """What the inspector has to look at or has, the most urgent first; what was called off too, if
    not before `since`: nobody loses the way to what they have begun.
    """
    rows = await run(
        f"SELECT x.id, x.state, x.window_from, x.window_to, {OUTING} FROM reinspection x"
        " JOIN visit v ON v.id = x.visit JOIN round r ON r.id = v.round"
        " JOIN store s ON s.id = x.store JOIN region g ON g.id = s.region"
        " LEFT JOIN region p ON p.id = g.parent"
        " JOIN rubric_version rv ON rv.digest = v.rubric_version"
        " WHERE x.inspector = ? AND (x.state IN ('open', 'submitted') OR x.ended_at >= ?)"
        " ORDER BY x.window_to, s.code, x.id",
        inspector,
        since,
    )
    return msgspec.convert(rows, tuple[TaskRow, ...])


async def photos_of(reinspection: str) -> tuple[SeenPhoto, ...]:
    """The photos of a look, item by item."""
    rows = await run(
        "SELECT x.id, x.item, p.state, p.print_sha256, x.shown FROM reinspection_photo x"
        " JOIN photo p ON p.sha256 = x.sha256 WHERE x.reinspection = ?"
        " ORDER BY x.item, x.position",
        reinspection,
    )
    return msgspec.convert(rows, tuple[SeenPhoto, ...], strict=False)


async def show_photos(photos: Sequence[int]) -> None:
    """Let the store see these."""
    if photos:
        await run(
            f"UPDATE reinspection_photo SET shown = TRUE WHERE id IN ({marks(len(photos))})",
            *photos,
        )


async def shown_with(verdict: str, items: Sequence[str]) -> tuple[str, ...]:
    """The print copies the store may see with a verdict, of these items."""
    rows = await run(
        "SELECT p.print_sha256 FROM reinspection_line l"
        " JOIN reinspection_photo x ON x.reinspection = l.reinspection AND x.shown"
        " JOIN photo p ON p.sha256 = x.sha256 WHERE l.verdict = ? AND p.print_sha256 IS NOT NULL"
        f" AND x.item IN ({marks(len(items))}) ORDER BY x.item, x.position",
        verdict,
        *items,
    )
    return tuple(str(row["print_sha256"]) for row in rows)


async def shown_of(reinspection: str, items: Sequence[str]) -> tuple[str, ...]:
    """The print copies of a look the store may see, of these items."""
    rows = await run(
        "SELECT p.print_sha256 FROM reinspection_photo x JOIN photo p ON p.sha256 = x.sha256"
        " WHERE x.reinspection = ? AND x.shown AND p.print_sha256 IS NOT NULL"
        f" AND x.item IN ({marks(len(items))}) ORDER BY x.item, x.position",
        reinspection,
        *items,
    )
    return tuple(str(row["print_sha256"]) for row in rows)


async def list_sent(inspector: str) -> tuple[VisitListed, ...]:
    """What an inspector sent of looks, as visits without a score, latest first."""
    rows = await run(
        f"SELECT {_LISTED} FROM {_JOINED} WHERE d.account = ? ORDER BY d.received_at DESC, d.id",
        inspector,
    )
    return msgspec.convert(rows, tuple[VisitListed, ...], strict=False)


async def find_sent(visit: str) -> VisitFound | None:
    """One of them, or None."""
    rows = await run(
        f"SELECT {_LISTED}, x.region_path, x.inspector, '{{}}' AS scorecard, d.receipt,"
        f" d.body AS submission, NULL AS return_reason FROM {_JOINED} WHERE d.id = ?",
        visit,
    )
    return msgspec.convert(rows[0], VisitFound, strict=False) if rows else None


async def photos_sent(visit: str) -> tuple[NamedPhoto, ...]:
    """The photos one of them names."""
    rows = await run(
        "SELECT DISTINCT x.sha256, p.state FROM reinspection_sending d"
        " JOIN reinspection_photo x ON x.reinspection = d.reinspection"
        " JOIN photo p ON p.sha256 = x.sha256 WHERE d.id = ? ORDER BY x.sha256",
        visit,
    )
    return msgspec.convert(rows, tuple[NamedPhoto, ...])


_SENT = f"SELECT {', '.join(SendingRow.__struct_fields__)} FROM reinspection_sending"

_COUNTED = (
    "(SELECT count(DISTINCT y.sha256) FROM reinspection_photo y JOIN photo p"
    " ON p.sha256 = y.sha256 WHERE y.reinspection = x.id AND p.state"
)
_LISTED = (
    "d.id, 1 AS attempt, CASE WHEN x.state = 'settled' THEN 'approved' ELSE 'submitted' END"
    f" AS state, {_COUNTED} <> 'clean') = 0 AS complete, s.code AS store_code,"
    " s.name AS store_name, s.kind AS store_kind, r.code AS round_code, r.name_zh AS round_zh,"
    " r.name_en AS round_en, NULL AS total, 0 AS lost, '' AS outcome, d.received_at,"
    f" {_COUNTED} = 'receiving') AS missing_photos"
)
_JOINED = (
    "reinspection_sending d JOIN reinspection x ON x.id = d.reinspection"
    " JOIN store s ON s.id = x.store JOIN visit v ON v.id = x.visit JOIN round r ON r.id = v.round"
)
