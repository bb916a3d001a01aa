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
from inspection.persistence.statements import run

Condition = tuple[str, tuple[object, ...]]
"""SQL that begins with ` AND`, or nothing, and its values."""

_ESCAPE = "!"


class SortColumn(msgspec.Struct, frozen=True):
    """A column a list can be sorted by: an output name of its SELECT that is never null."""

    output: str
    kind: Literal["text", "number", "time"] = "text"


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list: its SELECT without WHERE, whose outputs include `id`; the expressions searched; the
    columns it can be sorted by, and the one it usually is (with "-" from the largest down).
    """

    select: str
    search: tuple[str, ...]
    columns: Mapping[str, SortColumn]
    usual: str

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


async def listed(
    listing: Listing, asked: ListAsked, conditions: Sequence[Condition] = ()
) -> ListedRows:
    """One page. Raises CursorRefused for a cursor of another order."""
    sort, column, down = listing.order(asked.sort)
    source, values = _source(listing, asked.q, conditions)
    beyond, place = _beyond(asked.cursor, sort, column, down=down)
    way = "DESC" if down else "ASC"
    rows = await run(
        f"SELECT * FROM ({source}) l{beyond} ORDER BY {column.output} {way}, id {way} LIMIT ?",
        *values,
        *place,
        asked.limit + 1,
    )
    counted = await run(f"SELECT count(*) AS n FROM ({source}) l", *values)
    shown = rows[: asked.limit]
    return ListedRows(
        rows=shown,
        total=int(counted[0]["n"]),
        sort=sort,
        next_cursor=_next(sort, column, shown[-1]) if len(rows) > asked.limit else None,
    )


def searched(expressions: Sequence[str], words: str) -> Condition:
    """Every word is somewhere in one of the expressions, capitals or not."""
    parts = words.lower().split()
    either = " OR ".join(f"lower({each}) LIKE ? ESCAPE '{_ESCAPE}'" for each in expressions)
    patterns = (pattern for part in parts for pattern in (_pattern(part),) * len(expressions))
    return "".join(f" AND ({either})" for _ in parts), tuple(patterns)


def _pattern(part: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        part = part.replace(sign, _ESCAPE + sign)
    return f"%{part}%"


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
