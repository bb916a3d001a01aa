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
    """A column a list can be sorted by: an output name of its SELECT that is never null, and the
    one it goes by from the largest down where that is another.
    """

    output: str
    kind: Literal["text", "number", "time"] = "text"
    down: str = ""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list: its SELECT without WHERE, whose outputs include `id`; the expressions searched; the
    columns it can be sorted by, and the one it usually is (with "-" from the largest down). With
    `key`, the column `id` is made of, only the rows of a page are read in full; `walk` is then a
    SELECT of `id` and the columns that tells which those are, where another way is shorter.
    """

    select: str
    search: tuple[str | Within, ...]
    columns: Mapping[str, SortColumn]
    usual: str
    key: str = ""
    walk: str = ""

    def order(self, asked: str) -> tuple[str, SortColumn, bool]:
        """The name of the order, its column, and whether it goes down."""
        name = asked if asked.removeprefix("-") in self.columns else self.usual
        column, down = self.columns[name.removeprefix("-")], name.startswith("-")
        output = column.down if down and column.down else column.output
        return name, SortColumn(output, column.kind), down


class ListedRows(msgspec.Struct, frozen=True, kw_only=True):
    """A page of rows, how many there are in all (`at_least`: or more), the order they are in, where
    the next begins.
    """

    rows: Rows
    total: int
    sort: str
    next_cursor: str | None
    at_least: bool = False


async def listed(
    listing: Listing,
    asked: ListAsked,
    conditions: Sequence[Condition] = (),
    total: int | None = None,
) -> ListedRows:
    """One page; `total` if it is known. Raises CursorRefused for a cursor of another order."""
    if listing.key and asked.q.strip() and total is None:
        return await _searched(listing, asked, conditions)
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


async def listed_up_to(
    listing: Listing, asked: ListAsked, conditions: Sequence[Condition], most: int
) -> ListedRows:
    """One page of a list so long that at most so many rows are counted: a first page is found, and
    its list counted, in one walk that ends there. `listing` has a key. Raises CursorRefused.
    """
    sort, column, down = listing.order(asked.sort)
    source, values = _source(listing, asked.q, conditions)
    beyond, place = _beyond(asked.cursor, sort, column, down=down)
    way = "DESC" if down else "ASC"
    order = f"ORDER BY {column.output} {way}, id {way}"
    walked = asked.limit + 1 if asked.cursor else max(asked.limit, most) + 1
    found = await run(
        f"SELECT id FROM ({source}) l{beyond} {order} LIMIT ?", *values, *place, walked
    )
    n = len(found)
    if asked.cursor:
        counted = f"SELECT count(*) AS n FROM (SELECT id FROM ({source}) l LIMIT ?) few"
        n = int((await run(counted, *values, most + 1))[0]["n"])
    rows = await _in_full(listing, [row["id"] for row in found[: asked.limit + 1]], order)
    page = _page(rows, asked.limit, (sort, column), min(n, most))
    return msgspec.structs.replace(page, at_least=n > most)


async def _searched(
    listing: Listing, asked: ListAsked, conditions: Sequence[Condition]
) -> ListedRows:
    """A page and how many there are, from one look at each row: where words are sought, those looks
    are what a list costs.
    """
    sort, column, down = listing.order(asked.sort)
    source, values = _source(listing, asked.q, conditions)
    beyond, place = _beyond(asked.cursor, sort, SortColumn("place", column.kind), down=down)
    way = "DESC" if down else "ASC"
    found = await run(
        f"WITH found AS (SELECT id, {column.output} AS place FROM ({source}) l)"
        " SELECT 0 AS page, '' AS id, count(*) AS n FROM found UNION ALL SELECT 1, id, 0 FROM"
        f" (SELECT id FROM found{beyond} ORDER BY place {way}, id {way} LIMIT ?) p",
        *values,
        *place,
        asked.limit + 1,
    )
    ids = [row["id"] for row in found if row["page"]]
    rows = await _in_full(listing, ids, f"ORDER BY {column.output} {way}, id {way}")
    n = sum(int(row["n"]) for row in found)
    return _page(rows, asked.limit, (sort, column), n)


def _page(rows: Rows, limit: int, order: tuple[str, SortColumn], total: int) -> ListedRows:
    shown, (sort, column) = rows[:limit], order
    following = _next(sort, column, shown[-1]) if len(rows) > limit else None
    return ListedRows(rows=shown, total=total, sort=sort, next_cursor=following)


async def _in_full(listing: Listing, ids: Sequence[object], order: str) -> Rows:
    if not ids:
        return []
    only = f"{listing.key} IN ({marks(len(ids))})"
    return await run(f"SELECT * FROM ({listing.select} WHERE {only}) l {order}", *ids)


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
    way = listing.walk or listing.select
    return f"{way} WHERE 1 = 1{sql}", tuple(v for _, values in every for v in values)


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
