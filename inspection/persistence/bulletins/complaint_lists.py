"""Complaints other systems counted, as a list: found, filtered, sorted and added up."""

from datetime import date

import msgspec

from inspection.domain.listing import ListAsked
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition, searched
from inspection.persistence.statements import run


class ListedCount(msgspec.Struct, frozen=True, kw_only=True):
    """A count in the list. `place` is the code of the region or store; of a region `store_name` is
    empty.
    """

    week: date
    place: str
    region_path: str
    store_name: str
    channel: str
    n: int


class CountsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which counts; empty means any. `week` is a Monday, `channels` are spellings of one."""

    scope: Scope
    week: date | None = None
    channels: tuple[str, ...] = ()


class ChannelSum(msgspec.Struct, frozen=True, kw_only=True):
    """What came in by a channel."""

    channel: str
    n: int


_COUNTS = Listing(
    select=(
        "SELECT CAST(c.week AS TEXT) || ' ' || c.place || ' ' || c.channel AS id,"
        " CAST(c.week AS TEXT) AS week, c.place, c.region_path,"
        " coalesce(s.name, '') AS store_name, c.channel, c.n FROM complaint_count c"
        " LEFT JOIN store s ON s.id = c.store LEFT JOIN region g ON g.path = c.region_path"
    ),
    search=("c.place", "c.channel", "s.name", "g.name_zh", "g.name_en"),
    columns={
        "week": SortColumn("week"),
        "place": SortColumn("place"),
        "channel": SortColumn("channel"),
        "n": SortColumn("n", "number"),
    },
    usual="-week",
)


async def list_counts(
    wanted: CountsWanted, asked: ListAsked
) -> tuple[tuple[ListedCount, ...], ListedRows]:
    """One page, and what its pager needs."""
    found = await listed(_COUNTS, asked, _conditions(wanted))
    return msgspec.convert(found.rows, tuple[ListedCount, ...]), found


async def channel_sums(wanted: CountsWanted, words: str) -> tuple[ChannelSum, ...]:
    """What all rows of the list come to, by channel, the busiest first."""
    every = [*_conditions(wanted), searched(_COUNTS.search, words)]
    rows = await run(
        f"SELECT channel, sum(n) AS n FROM ({_COUNTS.select}"
        f" WHERE 1 = 1{''.join(sql for sql, _ in every)}) l GROUP BY channel ORDER BY 2 DESC, 1",
        *(value for _, values in every for value in values),
    )
    return msgspec.convert(rows, tuple[ChannelSum, ...])


async def weeks_counted(scope: Scope) -> tuple[date, ...]:
    """The Mondays of the weeks there are counts of, latest first."""
    within, values = scope.where("c.region_path")
    rows = await run(
        "SELECT DISTINCT CAST(c.week AS TEXT) AS week FROM complaint_count c"
        f" WHERE 1 = 1{within} ORDER BY 1 DESC",
        *values,
    )
    return tuple(date.fromisoformat(row["week"]) for row in rows)


async def channels_counted(scope: Scope) -> tuple[str, ...]:
    """The channels there are counts of."""
    within, values = scope.where("c.region_path")
    rows = await run(
        f"SELECT DISTINCT c.channel FROM complaint_count c WHERE 1 = 1{within} ORDER BY 1",
        *values,
    )
    return tuple(str(row["channel"]) for row in rows)


def _conditions(wanted: CountsWanted) -> list[Condition]:
    conditions: list[Condition] = [wanted.scope.where("c.region_path")]
    if wanted.week:
        conditions.append((" AND c.week = ?", (wanted.week,)))
    if wanted.channels:
        marks = ", ".join("?" for _ in wanted.channels)
        conditions.append((f" AND c.channel IN ({marks})", wanted.channels))
    return conditions
