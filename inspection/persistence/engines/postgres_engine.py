"""PostgreSQL for an asyncio program: one pool of connections per event loop."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy as Lent

from inspection.domain.refusals import StoreBusy
from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.engines.postgres_bulk import write_many
from inspection.persistence.engines.postgres_session import PostgresSession


class PostgresOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Sizes and limits of the pool."""

    pool_min: int = 2
    pool_max: int = 10
    wait_seconds: float = 5.0
    lock_seconds: float = 5.0
    idle_seconds: float = 10.0
    statement_seconds: float = 60.0

    def server_settings(self) -> dict[str, str]:
        """Session settings every connection starts with."""
        return {
            "application_name": "mingcha",
            "timezone": "UTC",
            "lock_timeout": _milliseconds(self.lock_seconds),
            "statement_timeout": _milliseconds(self.statement_seconds),
            "idle_in_transaction_session_timeout": _milliseconds(self.idle_seconds),
            # Compiling costs more than our short statements, and so do workers beside them.
            "jit": "off",
            "max_parallel_workers_per_gather": "0",
            # The default is that of a turning disk: whole tables are read for a few rows of them.
            "random_page_cost": "1.1",
        }


def _milliseconds(seconds: float) -> str:
    return str(int(seconds * 1000))


class Connection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that needs no round trip to be handed on: we never change session state."""

    __slots__ = ()

    def get_reset_query(self) -> str:
        """Nothing to reset."""
        return ""


class PostgresEngine:
    """One database, reached through a pool that belongs to the running event loop."""

    engine_type = "postgres"

    def __init__(self, dsn: str, options: PostgresOptions | None = None) -> None:
        self.dsn = dsn
        self.options = options or PostgresOptions()
        self._pools: dict[asyncio.AbstractEventLoop, asyncpg.Pool] = {}
        self._opening: dict[asyncio.AbstractEventLoop, asyncio.Lock] = {}
        self._waiting = 0

    async def start(self) -> None:
        """Open the pool. Raises DatabaseFault with a sentence for the operator."""
        try:
            await self._pool()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
            msg = f"cannot open the database: {error}; check DATABASE_URL and that it is running"
            raise DatabaseFault(msg) from error

    async def stop(self) -> None:
        """Close this loop's pool once its connections are back; forget those of ended loops."""
        pool = self._pools.pop(asyncio.get_running_loop(), None)
        if pool is not None:
            try:
                async with asyncio.timeout(self.options.idle_seconds):
                    await pool.close()
            except TimeoutError:
                pool.terminate()
        self._pools = {loop: kept for loop, kept in self._pools.items() if not loop.is_closed()}
        self._opening.clear()

    async def _pool(self) -> asyncpg.Pool:
        loop = asyncio.get_running_loop()
        if loop not in self._pools:
            async with self._opening.setdefault(loop, asyncio.Lock()):
                if loop not in self._pools:
                    self._pools[loop] = await self._open()
        return self._pools[loop]

    async def _open(self) -> asyncpg.Pool:
        return await asyncpg.create_pool(
            self.dsn,
            min_size=min(self.options.pool_min, self.options.pool_max),
            max_size=self.options.pool_max,
            timeout=self.options.wait_seconds,
            connection_class=Connection,
            server_settings=self.options.server_settings(),
        )

    @property
    def load(self) -> dict[str, int]:
        """Figures to watch: how many tasks wait for a connection, how many connections are lent."""
        lent = sum(pool.get_size() - pool.get_idle_size() for pool in self._pools.values())
        return {"connections_waiting": self._waiting, "connections_lent": lent}

    async def acquire(self) -> Lent:
        """Take a connection out of the pool. Raises StoreBusy when none is free in time."""
        pool = await self._pool()
        self._waiting += 1
        try:
            return await pool.acquire(timeout=self.options.wait_seconds)
        except TimeoutError as error:
            raise StoreBusy from error
        finally:
            self._waiting -= 1

    async def release(self, connection: Lent) -> None:
        """Give a connection back, rolled back if need be; one that does not answer is dropped.
        Completes even when the calling task is cancelled meanwhile.
        """
        pool = self._pools.get(asyncio.get_running_loop())
        if pool is None or _in_transaction(connection):
            await asyncio.shield(self._release(connection))
        else:
            # Most come back idle. The pool sees to cancellation by itself: a task less.
            await pool.release(connection, timeout=self.options.wait_seconds)

    async def _release(self, connection: Lent) -> None:
        seconds = self.options.wait_seconds
        try:
            if connection.is_in_transaction():
                await connection.execute("ROLLBACK", timeout=seconds)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            with suppress(asyncpg.InterfaceError):  # raised when the pool took it back already
                connection.terminate()
        pool = self._pools.get(asyncio.get_running_loop())
        if pool is None:
            connection.terminate()
        else:
            await pool.release(connection, timeout=seconds)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Lent]:
        """A connection for the length of the block."""
        connection = await self.acquire()
        try:
            yield connection
        except asyncpg.DataError:
            # An argument the driver refuses leaves the server inside the statement it has parsed
            # already, where the next borrower's BEGIN would come too late.
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await connection.execute("SELECT 1", timeout=self.options.wait_seconds)
            raise
        finally:
            await self.release(connection)

    async def run(self, sql: str, args: Sequence[object] = ()) -> Rows:
        """Run one statement as its own transaction."""
        async with self.connection() as connection:
            return [dict(row) for row in await connection.fetch(sql, *args)]

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one writing statement once per row of arguments, all of them or none."""
        async with self.connection() as connection:
            await write_many(connection, sql, rows)

    def session(self, *, reading: bool) -> PostgresSession:
        """A transaction that has not begun."""
        return PostgresSession(self, reading=reading)


def _in_transaction(connection: Lent) -> bool:
    """Whether it must be rolled back, or cannot say."""
    try:
        return bool(connection.is_in_transaction())
    except asyncpg.InterfaceError:
        return True
