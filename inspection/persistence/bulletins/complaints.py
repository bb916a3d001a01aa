"""Complaints other systems counted, by week, place and channel."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from inspection.domain.bulletins.bulletin import Period
from inspection.persistence.locking import lock_key
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import marks, run, run_many


class ComplaintRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A count. `place` is the code of the region or store, `week` its Monday."""

    week: date
    place: str
    region_path: str
    store: str | None
    channel: str
    n: int


class ComplaintSum(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted in a county by a channel."""

    region_path: str
    channel: str
    n: int


async def hold_counts() -> None:
    """Let no count come or change until the transaction ends."""
    await lock_key("complaint_count", "")


async def counts_in(weeks: Iterable[date]) -> tuple[ComplaintRecord, ...]:
    """Everything kept of these weeks."""
    wanted = sorted(set(weeks))
    if not wanted:
        return ()
    rows = await run(
        "SELECT week, place, region_path, store, channel, n FROM complaint_count"
        f" WHERE week IN ({marks(len(wanted))})",
        *wanted,
    )
    return msgspec.convert(rows, tuple[ComplaintRecord, ...])


async def keep_counts(records: Sequence[ComplaintRecord]) -> None:
    """Keep counts, in the place of those there are."""
    await run_many(
        "INSERT INTO complaint_count (week, place, region_path, store, channel, n)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (week, place, channel) DO UPDATE SET"
        " region_path = excluded.region_path, store = excluded.store, n = excluded.n",
        [msgspec.structs.astuple(record) for record in records],
    )


async def remove_counts(records: Sequence[ComplaintRecord]) -> None:
    """Take counts out."""
    await run_many(
        "DELETE FROM complaint_count WHERE week = ? AND place = ? AND channel = ?",
        [(record.week, record.place, record.channel) for record in records],
    )


async def sums_in(scope: Scope, period: Period) -> tuple[ComplaintSum, ...]:
    """What was counted in the weeks that begin in these days, by county and channel."""
    condition, values = scope.where("c.region_path")
    rows = await run(
        "SELECT c.region_path, c.channel, sum(c.n) AS n FROM complaint_count c"
        f" WHERE c.week >= ? AND c.week <= ?{condition} GROUP BY c.region_path, c.channel",
        *(period.first, period.last),
        *values,
    )
    return tuple(
        ComplaintSum(region_path=row["region_path"], channel=row["channel"], n=int(row["n"]))
        for row in rows
    )
