"""One process migrates at a time; the others wait and then find nothing left to do."""

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.engines.postgres_engine import PostgresEngine
from inspection.persistence.engines.sqlite_engine import SQLiteEngine
from inspection.persistence.folders import PRIVATE_FILE

WAIT_SECONDS = 120.0
POLL_SECONDS = 0.05
ADVISORY_KEY = 0x6D696E67636861  # "mingcha"
TOO_LONG = (
    "another process has been migrating this database for two minutes; wait for it, or end it"
)


@asynccontextmanager
async def alone(engine: SQLiteEngine | PostgresEngine) -> AsyncIterator[None]:
    """Hold the migration lock of this database; a process that dies lets go of it.
    Raises DatabaseFault after two minutes of waiting.
    """
    lock = _file_lock(engine.path) if isinstance(engine, SQLiteEngine) else _advisory(engine.dsn)
    async with lock:
        yield


@asynccontextmanager
async def _file_lock(path: Path) -> AsyncIterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path.with_name(f"{path.name}.migrating"), os.O_CREAT | os.O_RDWR, PRIVATE_FILE)
    try:
        await _wait_for(file)
        yield
    finally:
        os.close(file)


async def _wait_for(file: int) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise DatabaseFault(TOO_LONG) from error
        else:
            return
        await asyncio.sleep(POLL_SECONDS)


@asynccontextmanager
async def _advisory(dsn: str) -> AsyncIterator[None]:
    connection = await _connect(dsn)
    try:
        try:
            await connection.execute(
                f"SELECT pg_advisory_lock({ADVISORY_KEY})", timeout=WAIT_SECONDS
            )
        except TimeoutError as error:
            raise DatabaseFault(TOO_LONG) from error
        yield
    finally:
        # The lock belongs to the connection and ends with it.
        connection.terminate()


async def _connect(dsn: str) -> asyncpg.Connection:
    try:
        return await asyncpg.connect(dsn)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        msg = f"cannot open the database: {error}; check DATABASE_URL and that it is running"
        raise DatabaseFault(msg) from error
