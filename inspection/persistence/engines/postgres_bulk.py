"""Much at once on PostgreSQL: COPY where the statement is a plain INSERT, a third cheaper for
the forty answers of a visit and several times for a demo province; and several writes in one trip.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from asyncpg.pool import PoolConnectionProxy as Lent

_PLAIN_INSERT = re.compile(
    r"\s*INSERT\s+INTO\s+\"?(?P<table>\w+)\"?\s*\((?P<columns>[\w\s\",]+)\)"
    r"\s*VALUES\s*\((?P<marks>[\s$\d,]+)\)\s*",
    re.IGNORECASE,
)


_MARK = re.compile(r"\$(\d+)")

Write = tuple[str, Sequence[object]]
"""A writing statement with its arguments."""


class Target(NamedTuple):
    """Where a plain INSERT puts its rows."""

    table: str
    columns: tuple[str, ...]


@lru_cache(maxsize=256)
def copy_target(sql: str) -> Target | None:
    """Table and columns of `INSERT INTO t (a, b) VALUES ($1, $2)`, None for anything richer."""
    match = _PLAIN_INSERT.fullmatch(sql)
    if match is None:
        return None
    columns = tuple(name.strip().strip('"') for name in match["columns"].split(","))
    marks = [mark.strip() for mark in match["marks"].split(",")]
    if marks != [f"${number}" for number in range(1, len(columns) + 1)]:
        return None
    return Target(match["table"], columns)


async def write_many(connection: Lent, sql: str, rows: Sequence[Sequence[object]]) -> None:
    """Run one writing statement once per row of arguments, all or none."""
    target = copy_target(sql)
    if target is None:
        await connection.executemany(sql, rows)
    elif rows:
        await connection.copy_records_to_table(target.table, records=rows, columns=target.columns)


def as_one(writes: Sequence[Write]) -> tuple[object, ...]:
    """One statement that makes all of these writes, and its arguments. They see neither each other
    nor each other's rows; what refers to another's row is checked when all are made.
    """
    return _as_one(tuple(sql for sql, _ in writes), tuple(len(args) for _, args in writes)), *(
        value for _, args in writes for value in args
    )


@lru_cache(maxsize=256)
def _as_one(statements: tuple[str, ...], counts: tuple[int, ...]) -> str:
    renumbered = []
    before = 0
    for sql, count in zip(statements, counts, strict=True):
        renumbered.append(_MARK.sub(lambda mark: f"${int(mark[1]) + before}", sql))  # noqa: B023  called at once
        before += count
    *first, last = renumbered
    parts = ", ".join(f"w{number} AS ({sql})" for number, sql in enumerate(first))
    return f"WITH {parts} {last}" if parts else last
