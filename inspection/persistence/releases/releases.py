"""Batches of approved visits on their way to the stores."""

from datetime import datetime

import msgspec

from inspection.domain.releases.release import BatchKind
from inspection.persistence.statements import insertion, run


class BatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """A batch as it is kept; an empty region means the whole round."""

    id: str
    round: str
    key: str
    kind: BatchKind
    region_path: str
    approved_until: datetime
    visited_before: datetime
    reason: str
    made_by: str | None
    made_at: datetime
    done_at: datetime | None = None
    visits: int = 0


class HoldRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a visit back, and why."""

    id: str
    visit: str
    reason: str
    held_by: str
    held_at: datetime


class WaitingRound(msgspec.Struct, frozen=True, kw_only=True):
    """An open round in which approved visits wait."""

    id: str
    release_day: int


async def waiting_rounds() -> tuple[WaitingRound, ...]:
    """Every open round in which somebody may have to be released."""
    rows = await run(
        "SELECT r.id, r.release_day FROM round r WHERE r.state = 'open' AND EXISTS"
        " (SELECT 1 FROM visit v WHERE v.round = r.id AND v.state = 'approved') ORDER BY r.code"
    )
    return msgspec.convert(rows, tuple[WaitingRound, ...])


async def add_batch(row: BatchRow) -> bool:
    """Keep a batch; False when its round has one of this key."""
    rows = await run(
        insertion("release_batch", BatchRow) + " ON CONFLICT (round, key) DO NOTHING RETURNING id",
        *msgspec.structs.astuple(row),
    )
    return bool(rows)


async def unfinished() -> tuple[BatchRow, ...]:
    """The batches that are not done, in rounds that are open, oldest first."""
    columns = ", ".join(f"b.{name}" for name in BatchRow.__struct_fields__)
    rows = await run(
        f"SELECT {columns} FROM release_batch b JOIN round r ON r.id = b.round"
        " WHERE b.done_at IS NULL AND r.state = 'open' ORDER BY b.made_at, b.id"
    )
    return msgspec.convert(rows, tuple[BatchRow, ...])


async def taken_by(batch: BatchRow) -> tuple[str, ...]:
    """The visits a batch takes that were not released yet, as they came. They must not go out in
    that order.
    """
    rows = await run(
        f"SELECT v.id FROM visit v WHERE {_TAKEN} ORDER BY v.received_at, v.id",
        *_cut(batch),
        f"{batch.region_path}%",
    )
    return tuple(str(row["id"]) for row in rows)


async def is_taken(batch: BatchRow, visit: str) -> bool:
    """Whether the batch still takes this visit."""
    rows = await run(
        f"SELECT v.id FROM visit v WHERE {_TAKEN} AND v.id = ?",
        *_cut(batch),
        f"{batch.region_path}%",
        visit,
    )
    return bool(rows)


async def publish_visit(visit: str, at: datetime) -> None:
    """Let a visit count and be told from this moment."""
    await run("UPDATE visit SET state = 'published', published_at = ? WHERE id = ?", at, visit)


async def held_why(visit: str) -> str:
    """Why a visit is held back; empty when it is not."""
    rows = await run("SELECT reason FROM release_hold WHERE visit = ?", visit)
    return str(rows[0]["reason"]) if rows else ""


async def add_hold(row: HoldRow) -> bool:
    """Hold a visit back; False when somebody does already."""
    rows = await run(
        insertion("release_hold", HoldRow) + " ON CONFLICT (visit) DO NOTHING RETURNING id",
        *msgspec.structs.astuple(row),
    )
    return bool(rows)


async def drop_hold(visit: str) -> bool:
    """Hold a visit back no more; False when nobody did."""
    return bool(await run("DELETE FROM release_hold WHERE visit = ? RETURNING id", visit))


async def is_going_out(round_id: str) -> bool:
    """Whether a batch of the round is not done yet."""
    rows = await run(
        "SELECT id FROM release_batch WHERE round = ? AND done_at IS NULL LIMIT 1", round_id
    )
    return bool(rows)


async def count_released(batch: str) -> None:
    """One more visit of the batch is out."""
    await run("UPDATE release_batch SET visits = visits + 1 WHERE id = ?", batch)


async def end_batch(batch: str, at: datetime) -> None:
    """Nothing of the batch is left to do."""
    await run("UPDATE release_batch SET done_at = ? WHERE id = ? AND done_at IS NULL", at, batch)


def _cut(batch: BatchRow) -> tuple[object, ...]:
    return batch.round, batch.approved_until, batch.visited_before


VISITED_AT = "CASE WHEN v.started_at < v.received_at THEN v.started_at ELSE v.received_at END"
"""When a visit was made; a phone whose clock runs ahead was not there later than it said so."""

_TAKEN = (
    f"v.round = ? AND v.state = 'approved' AND v.reviewed_at <= ? AND {VISITED_AT} < ?"
    " AND v.region_path LIKE ?"
    " AND NOT EXISTS (SELECT 1 FROM release_hold h WHERE h.visit = v.id)"
)
