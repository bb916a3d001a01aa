"""The register read: numbers in their order, and the proof that none is missing."""

from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import run


class NumberListed(msgspec.Struct, frozen=True, kw_only=True):
    """A number with what became of its paper, or what it says."""

    number: str
    n: int
    kind: str
    noun_id: str
    region_path: str
    drawn_at: datetime
    state: str
    store_code: str
    store_name: str
    reason: str
    ended_at: datetime | None
    replaced_by: str | None
    replaced_by_number: str | None
    replaces_number: str | None


class NumberPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the register."""

    rows: tuple[NumberListed, ...]
    total: int
    sort: str
    next_cursor: str | None


class CounterTally(msgspec.Struct, frozen=True, kw_only=True):
    """What a counter says and what the register holds. `astray` are numbers no notice
    and no bulletin bears.
    """

    last: int
    drawn: int
    highest: int
    astray: int


async def counters_in(scope: Scope) -> tuple[str, ...]:
    """The counters that gave numbers to papers there: those of notices first, the latest year
    first.
    """
    condition, values = scope.where("region_path")
    rows = await run(
        f"SELECT counter, max(drawn_at) AS at FROM drawn_number WHERE 1 = 1{condition}"
        " GROUP BY counter ORDER BY CASE WHEN min(kind) = 'notice' THEN 0 ELSE 1 END, at DESC,"
        " counter",
        *values,
    )
    return tuple(str(row["counter"]) for row in rows)


async def number_page(counter: str, scope: Scope, asked: ListAsked) -> NumberPage:
    """One page of a counter's numbers."""
    conditions = [(" AND d.counter = ?", (counter,)), scope.where("d.region_path")]
    found = await listed(NUMBERS, asked, conditions)
    return NumberPage(
        rows=msgspec.convert(found.rows, tuple[NumberListed, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def tally(counter: str) -> CounterTally:
    """How a counter and the register agree, over all of the tree."""
    rows = await run(
        "SELECT coalesce((SELECT last FROM notice_counter WHERE key = ?), 0) AS last,"
        " count(*) AS drawn, coalesce(max(d.n), 0) AS highest,"
        " count(CASE WHEN (d.kind = 'notice' AND n.id IS NULL)"
        " OR (d.kind = 'bulletin' AND u.id IS NULL) THEN 1 END) AS astray"
        " FROM drawn_number d LEFT JOIN notice n ON n.id = d.noun_id AND n.number = d.number"
        " LEFT JOIN bulletin u ON u.id = d.noun_id AND u.number = d.number WHERE d.counter = ?",
        counter,
        counter,
    )
    return msgspec.convert(rows[0], CounterTally)


async def drawn_from(counter: str) -> frozenset[int]:
    """Every place of a counter the register holds."""
    rows = await run("SELECT n FROM drawn_number WHERE counter = ?", counter)
    return frozenset(int(row["n"]) for row in rows)


NUMBERS = Listing(
    select=(
        "SELECT d.number AS id, d.number, d.n, d.kind, d.noun_id, d.region_path, d.drawn_at,"
        " coalesce(n.state, e.state, u.state, '') AS state, coalesce(s.code, '') AS store_code,"
        " coalesce(s.name, '') AS store_name, coalesce(n.end_reason, e.opinion, '') AS reason,"
        " n.ended_at,"
        " n.replaced_by, w.number AS replaced_by_number, o.number AS replaces_number"
        " FROM drawn_number d LEFT JOIN notice n ON n.id = d.noun_id"
        " LEFT JOIN bulletin u ON u.id = d.noun_id"
        " LEFT JOIN line_extension e ON e.id = d.noun_id LEFT JOIN notice_line l ON l.id = e.line"
        " LEFT JOIN notice b ON b.id = l.notice"
        " LEFT JOIN store s ON s.id = coalesce(n.store, b.store)"
        " LEFT JOIN notice w ON w.id = n.replaced_by"
        " LEFT JOIN notice o ON o.id = n.replaces"
    ),
    search=("d.number", "s.name", "s.code", "n.end_reason", "e.opinion"),
    columns={
        "n": SortColumn("n", "number"),
        "store": SortColumn("store_name"),
        "at": SortColumn("drawn_at", "time"),
        "state": SortColumn("state"),
    },
    usual="-n",
)
