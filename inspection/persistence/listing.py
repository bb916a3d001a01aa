"""One way to read a long list: searched, sorted by one column, paged by where the page before
ended. A page costs one pass over what the filters leave, at any depth.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from inspection.domain import cursor
from inspection.domain.listing import ListAsked, ListPlace
from inspection.domain.refusals import CursorRefused
from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.searching import Condition, Within, searched
from inspection.persistence.statements import marks, run


class SortColumn(msgspec.Struct, frozen=True):
    """A column a list can be sorted by: an output name of its SELECT that is never null."""

    output: str
    kind: Literal["text", "number", "time"] = "text"


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list: its SELECT without WHERE, whose outputs include `id`; the expressions searched; the
    columns it can be sorted by, and the one it usually is (with "-" from the largest down). With
    `key`, the column `id` is made of, only the rows of a page are read in full.
    """

    select: str
    search: tuple[str | Within, ...]
    columns: Mapping[str, SortColumn]
    usual: str
    key: str = ""

    def order(self, asked: str) -> tuple[str, SortColumn, bool]:
        """The name of the order, its column, and whether it goes down."""
        name = asked if asked.removeprefix("-") in self.columns else self.usual
        return name, self.columns[name.removeprefix("-")], name.startswith("-")


class ListedRows(msgspec.Struct, frozen=True, kw_only=True):
    """A page of rows, how many there are in all, the order they are in, where the next begins."""

    rows: Rows
    total: int
    sort: str
    next_cursor: str | None


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What to count of all rows found, on the page or not: by an output that is text, and how many
    of them answer to conditions on outputs. Only rows of `shown` come onto the page.
    """

    by: str
    reads: tuple[str, ...]
    counts: Mapping[str, Condition]
    shown: Condition


async def listed(
    listing: Listing,
    asked: ListAsked,
    conditions: Sequence[Condition] = (),
    total: int | None = None,
) -> ListedRows:
    """One page; `total` if it is known. Raises CursorRefused for a cursor of another order."""
    if listing.key and asked.q.strip() and total is None:
        page, counted = await tallied(listing, asked, conditions, _ALL)
        return msgspec.structs.replace(page, total=int(counted[0]["n"]))
    sort, column, down = listing.order(asked.sort)
    source, values = _source(listing, asked.q, conditions)
    beyond, place = _beyond(asked.cursor, sort, column, down=down)
    way = "DESC" if down else "ASC"
    order = f"ORDER BY {column.output} {way}, id {way}"
    sql = f"SELECT * FROM ({source}) l{beyond} {order} LIMIT ?"
    if listing.key:
        # What a row shows beside its place in the order is worked out for one page, not for all.
        found = f"SELECT id FROM ({source}) l{beyond} {order} LIMIT ?"
        sql = f"SELECT * FROM ({listing.select} WHERE {listing.key} IN ({found})) l {order}"
    rows = await run(sql, *values, *place, asked.limit + 1)
    if total is None:
        counted = await run(f"SELECT count(*) AS n FROM ({source}) l", *values)
        total = int(counted[0]["n"])
    return _page(rows, asked.limit, (sort, column), total)


async def tallied(
    listing: Listing, asked: ListAsked, conditions: Sequence[Condition], tally: Tally
) -> tuple[ListedRows, Rows]:
    """One page and what the tally counts (`name`, `n` and the counts' names), from one look at each
    row: where words are sought, those looks are what a list costs. `listing` has a key, the page
    no total. Raises CursorRefused for a cursor of another order.
    """
    sort, column, down = listing.order(asked.sort)
    source, values = _source(listing, asked.q, conditions)
    beyond, place = _beyond(asked.cursor, sort, SortColumn("place", column.kind), down=down)
    way = "DESC" if down else "ASC"
    counts, counted = _counts(tally)
    shown, chosen = tally.shown
    outputs = ", ".join(("id", f"{column.output} AS place", *tally.reads))
    found = await run(
        f"WITH found AS (SELECT {outputs} FROM ({source}) l)"
        f" SELECT 0 AS page, {counts} UNION ALL SELECT 1, id, 0{', 0' * len(tally.counts)} FROM"
        f" (SELECT id FROM (SELECT * FROM found WHERE 1 = 1{shown}) f{beyond}"
        f" ORDER BY place {way}, id {way} LIMIT ?) p",
        *values,
        *counted,
        *chosen,
        *place,
        asked.limit + 1,
    )
    ids = [row["name"] for row in found if row["page"]]
    rows = await _in_full(listing, ids, f"ORDER BY {column.output} {way}, id {way}")
    page = _page(rows, asked.limit, (sort, column), 0)
    return page, [row for row in found if not row["page"]]


def _page(rows: Rows, limit: int, order: tuple[str, SortColumn], total: int) -> ListedRows:
    shown, (sort, column) = rows[:limit], order
    following = _next(sort, column, shown[-1]) if len(rows) > limit else None
    return ListedRows(rows=shown, total=total, sort=sort, next_cursor=following)


def _counts(tally: Tally) -> Condition:
    each = [f", count(CASE WHEN {sql} THEN 1 END) AS {n}" for n, (sql, _) in tally.counts.items()]
    values = tuple(value for _, given in tally.counts.values() for value in given)
    name, grouped = (tally.by, f" GROUP BY {tally.by}") if tally.by else ("''", "")
    return f"{name} AS name, count(*) AS n{''.join(each)} FROM found{grouped}", values


async def _in_full(listing: Listing, ids: Sequence[object], order: str) -> Rows:
    if not ids:
        return []
    only = f"{listing.key} IN ({marks(len(ids))})"
    return await run(f"SELECT * FROM ({listing.select} WHERE {only}) l {order}", *ids)


_ALL = Tally(by="", reads=(), counts={}, shown=("", ()))


async def neighbours(
    listing: Listing, asked: ListAsked, conditions: Sequence[Condition], id: str
) -> tuple[str | None, str | None]:
    """The rows before and after one in the order asked for, which itself need not be among those
    the conditions leave; None where there is none. The list's own table must be called `v`.
    """
    _, column, down = listing.order(asked.sort)
    here = await run(f"SELECT {column.output} FROM ({listing.select} WHERE v.id = ?) l", id)
    if not here:
        return None, None
    source, values = _source(listing, asked.q, conditions)
    found = []
    for backwards in (not down, down):
        sign, way = ("<", "DESC") if backwards else (">", "ASC")
        rows = await run(
            f"SELECT id FROM ({source}) l WHERE ({column.output}, id) {sign} (?, ?)"
            f" ORDER BY {column.output} {way}, id {way} LIMIT 1",
            *values,
            here[0][column.output],
            id,
        )
        found.append(str(rows[0]["id"]) if rows else None)
    return found[0], found[1]


def _source(
    listing: Listing, words: str, conditions: Sequence[Condition]
) -> tuple[str, tuple[object, ...]]:
    every = [*conditions, searched(listing.search, words)]
    sql = "".join(condition for condition, _ in every)
    return f"{listing.select} WHERE 1 = 1{sql}", tuple(v for _, values in every for v in values)


def _beyond(
    text: str, sort: str, column: SortColumn, *, down: bool
) -> tuple[str, tuple[object, ...]]:
    place = cursor.read(text, ListPlace)
    if place is None:
        return "", ()
    if place.sort != sort:
        raise CursorRefused
    sign = "<" if down else ">"
    return f" WHERE ({column.output}, id) {sign} (?, ?)", (_value(column, place.value), place.id)


def _value(column: SortColumn, value: str | int) -> object:
    if isinstance(value, int) is not (column.kind == "number"):
        raise CursorRefused
    if column.kind != "time":
        return value
    try:
        at = msgspec.convert(value, datetime)
    except msgspec.ValidationError:
        raise CursorRefused from None
    if not cursor.could_be(at):
        raise CursorRefused
    return at


def _next(sort: str, column: SortColumn, last: Mapping[str, object]) -> str:
    value = last[column.output]
    if column.kind == "time":
        value = msgspec.to_builtins(msgspec.convert(value, datetime))
    place = ListPlace(sort, msgspec.convert(value, str | int), str(last["id"]))
    return cursor.written(place)
