"""Hand-written SQL for the paths that must be fast: one text with `?` marks for both engines."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache

import msgspec

from inspection.persistence.engine import DB
from inspection.persistence.engines.database_engine import Rows


async def run(sql: str, *args: object) -> Rows:
    """Run one statement, inside the open transaction if there is one."""
    return await DB.run(_spelled(sql, DB.engine_type), args)


async def run_many(sql: str, rows: Sequence[Sequence[object]]) -> None:
    """Run one writing statement once per row of arguments."""
    await DB.run_many(_spelled(sql, DB.engine_type), rows)


async def write(sql: str, *args: object) -> None:
    """Run one writing statement whose outcome nobody needs yet. In a transaction it may run with a
    later one: a broken constraint comes up there, at the latest at the commit.
    """
    await DB.write(_spelled(sql, DB.engine_type), (args,))


async def write_many(sql: str, rows: Sequence[Sequence[object]]) -> None:
    """The same, once per row of arguments."""
    if rows:
        await DB.write(_spelled(sql, DB.engine_type), rows)


@asynccontextmanager
async def together() -> AsyncIterator[None]:
    """Writes inside travel as one statement where every statement is a trip, which is PostgreSQL.
    They must not need each other's rows, or touch the same one; constraints see all of them.
    """
    await DB.gather(on=True)
    yield
    # Only reached when all is well: after a fault the transaction holds nothing worth sending.
    await DB.gather(on=False)


def insertion(table: str, shape: type[msgspec.Struct]) -> str:
    """The statement that keeps a struct: a column for every field, a mark for every value."""
    fields = shape.__struct_fields__
    return f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({marks(len(fields))})"


async def add_new(table: str, rows: Sequence[msgspec.Struct], key: str, told: str) -> Rows:
    """Keep structs in one statement, but for those whose `key` is kept already; what is `told` of
    those kept now.
    """
    if not rows:
        return []
    fields = rows[0].__struct_fields__
    return await run(
        f"INSERT INTO {table} ({', '.join(fields)})"
        f" VALUES {rows_of_marks(len(rows), len(fields))}"
        f" ON CONFLICT ({key}) DO NOTHING RETURNING {told}",
        *(value for each in rows for value in msgspec.structs.astuple(each)),
    )


def marks(count: int) -> str:
    """`?, ?, ?`: as many marks as there are values."""
    return ", ".join("?" * count)


@lru_cache(maxsize=512)
def rows_of_marks(rows: int, columns: int) -> str:
    """`(?, ?), (?, ?)`: the values of so many rows in one statement, which is one step of work for
    the database instead of one per row.
    """
    return ", ".join([f"({marks(columns)})"] * rows)


# Lists as long as what is asked about make texts of their own: only the latest are kept.
@lru_cache(maxsize=1024)
def _spelled(sql: str, engine_type: str) -> str:
    if engine_type == "sqlite":
        return sql
    first, *rest = sql.split("?")
    return first + "".join(f"${number}{part}" for number, part in enumerate(rest, start=1))
