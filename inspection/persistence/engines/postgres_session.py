"""One transaction on PostgreSQL: begun on a connection of its own, closed always."""

from collections.abc import Sequence
from typing import Protocol

from asyncpg.pool import PoolConnectionProxy as Lent

from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.engines.integrity import ENDED, TransactionMisuse
from inspection.persistence.engines.postgres_bulk import Write, as_one, write_many

# Writers rely on row locks and unique keys, readers of several rows on one snapshot:
# docs/decisions/0011-postgresql-isolation.md.
BEGIN_WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Pool(Protocol):
    """Where connections come from and go back to."""

    async def acquire(self) -> Lent: ...
    async def release(self, connection: Lent) -> None: ...


class PostgresSession:
    """One transaction on one connection."""

    def __init__(self, pool: Pool, *, reading: bool) -> None:
        self._pool = pool
        self._begin = BEGIN_READING if reading else BEGIN_WRITING
        self._connection: Lent | None = None
        self._held: list[Write] = []
        self._holding = False

    async def begin(self) -> None:
        """Take a connection and begin. A failed BEGIN gives the connection back."""
        self._connection = await self._pool.acquire()
        try:
            await self._connection.execute(self._begin)
        except BaseException:
            await self.close()
            raise

    async def run(self, sql: str, args: Sequence[object] = ()) -> Rows:
        """Run one statement inside."""
        await self._send()
        return [dict(row) for row in await self._open().fetch(sql, *args)]

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement once per row of arguments inside."""
        await self._send()
        await write_many(self._open(), sql, rows)

    async def write(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """The same, now, unless writes are being gathered: there is no thread to travel to."""
        if len(rows) > 1:
            await self.run_many(sql, rows)
            return
        self._held.append((sql, rows[0]))
        if not self._holding:
            await self._send()

    async def gather(self, *, on: bool) -> None:
        """From here on hold writes back, to be sent as one statement; or send those held."""
        self._holding = on
        if not on:
            await self._send()

    async def _send(self) -> None:
        held, self._held = self._held, []
        if held:
            await self._open().fetch(*as_one(held))

    async def commit(self) -> None:
        """Make it durable. PostgreSQL answers COMMIT with ROLLBACK, no error, after a failure."""
        await self._send()
        answer = await self._open().execute("COMMIT")
        if answer != "COMMIT":
            msg = f"COMMIT was answered with {answer}: a statement inside had failed"
            raise TransactionMisuse(msg)

    async def close(self) -> None:
        """Give the connection back; what was not committed is rolled back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await self._pool.release(connection)

    def _open(self) -> Lent:
        if self._connection is None:
            raise TransactionMisuse(ENDED)
        return self._connection
