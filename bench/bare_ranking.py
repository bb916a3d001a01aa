"""A page of a ranking in hand-written SQL: what one would write first, and the rows alone."""

from collections.abc import Sequence
from typing import Any, Protocol

import asyncpg
import msgspec

from bench.databases import SQLITE, Database
from inspection.persistence.engines.sqlite_connection import connect

WINDOWED = """
WITH cur AS (
  SELECT t.*, rank() OVER (ORDER BY t.rank_key) AS place,
         rank() OVER (PARTITION BY t.branch_path ORDER BY t.rank_key) AS branch_place,
         CASE WHEN t.previous_key IS NOT NULL THEN
           rank() OVER (PARTITION BY t.previous_key IS NULL ORDER BY t.previous_key)
           - rank() OVER (PARTITION BY t.previous_key IS NULL ORDER BY t.rank_key)
         END AS movement,
         min(t.rank_key) OVER () AS best
  FROM standing t WHERE t.round = {1} AND t.store_kind = {2} AND t.rank_key IS NOT NULL),
page AS (
  SELECT * FROM cur WHERE branch_path LIKE {3}
  ORDER BY rank_key, tie_key, store_code LIMIT {4} OFFSET {5})
SELECT p.place, p.branch_place, p.movement, p.store_code, s.name, p.branch_path,
       p.score, p."full", p.lost, p.score - p.previous_score AS change,
       p.rank_key - p.best AS gap, p.vetoed, p.major_losses, p.visits, p.sections
FROM page p JOIN store s ON s.id = p.store ORDER BY p.rank_key, p.tie_key, p.store_code
"""

ROWS_ALONE = """
SELECT t.store_code, s.name, t.branch_path, t.score, t."full", t.lost, t.previous_score,
       t.rank_key, t.vetoed, t.major_losses, t.visits, t.sections
FROM standing t JOIN store s ON s.id = t.store
WHERE t.round = {1} AND t.store_kind = {2} AND t.rank_key IS NOT NULL AND t.branch_path LIKE {3}
  AND (t.rank_key, t.tie_key, t.store_code) > ({5}, {6}, {7})
ORDER BY t.rank_key, t.tie_key, t.store_code LIMIT {4}
"""


class BarePage(msgspec.Struct, frozen=True):
    """Which rows: of a round and a kind, at or below a path, how many, after how many others, the
    last of which is `after`.
    """

    round: str
    kind: str
    path: str
    limit: int
    offset: int = 0
    after: tuple[int, int, str] = (0, 0, "")

    def values(self, sql: str) -> Sequence[object]:
        """The arguments of either statement."""
        where = self.after if sql is ROWS_ALONE else (self.offset,)
        return (self.round, self.kind, f"{self.path}%", self.limit, *where)


class BareReader(Protocol):
    """A bare connection."""

    async def read(self, sql: str, page: BarePage) -> list[tuple[Any, ...]]: ...
    async def close(self) -> None: ...


class SQLiteReader:
    """A reading connection with the product's pragmas."""

    def __init__(self, database: Database) -> None:
        self._connection = connect(database.path, synchronous="FULL", readonly=True)

    async def read(self, sql: str, page: BarePage) -> list[tuple[Any, ...]]:
        """All rows, as they come."""
        marked = sql.format(*(f"?{place}" for place in range(8)))
        return self._connection.execute(marked, page.values(sql)).fetchall()

    async def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class PostgresReader:
    """One connection."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def read(self, sql: str, page: BarePage) -> list[tuple[Any, ...]]:
        """All rows, as they come."""
        marked = sql.format(*(f"${place}" for place in range(8)))
        return [tuple(row) for row in await self._connection.fetch(marked, *page.values(sql))]

    async def close(self) -> None:
        """Hang up."""
        await self._connection.close()


async def reader_of(database: Database) -> BareReader:
    """A bare connection to a database."""
    if database.engine == SQLITE:
        return SQLiteReader(database)
    return PostgresReader(await asyncpg.connect(database.url))
