"""One SQLite connection set up the way this product needs it, and one statement run on it."""

import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

# Imported for what it does: registers the adapters and converters our columns rely on.
import inspection.persistence.engines.sqlite_values  # noqa: F401
from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.engines.integrity import DatabaseFault, is_sqlite_busy

Result = TypeVar("Result")

SET_UP_WAIT_MS = 5000
CACHE_KIB = 8000


def connect(path: Path, *, synchronous: str, readonly: bool) -> sqlite3.Connection:
    """Open the file in WAL mode. Raises DatabaseFault where WAL cannot work."""
    connection = sqlite3.connect(
        path,
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
        isolation_level=None,
        cached_statements=256,
    )
    # First of all: switching to WAL needs a lock another process may hold.
    connection.execute(f"PRAGMA busy_timeout={SET_UP_WAIT_MS}")
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        connection.close()
        msg = f"{path} is on a file system without shared memory; put DATABASE_URL on a local disk"
        raise DatabaseFault(msg)
    for pragma in (
        "foreign_keys=ON",
        f"synchronous={synchronous}",
        "temp_store=MEMORY",
        f"cache_size=-{CACHE_KIB}",
        # Only the writer folds the log in, and only while nobody writes: see Writer.checkpoint.
        "wal_autocheckpoint=0",
        f"query_only={'ON' if readonly else 'OFF'}",
        # From here on `patiently` waits: fairer between processes than SQLite's own back-off.
        "busy_timeout=0",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def fetch(connection: sqlite3.Connection, sql: str, args: Sequence[object]) -> Rows:
    """Run one statement and read all its rows."""
    cursor = connection.execute(sql, args)
    try:
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        # A converter may raise: a statement left open would pin the connection's snapshot for ever.
        cursor.close()


def run_many(connection: sqlite3.Connection, sql: str, rows: Sequence[Sequence[object]]) -> None:
    """Run one statement once per row of arguments; such statements return nothing."""
    connection.executemany(sql, rows).close()


def patiently(action: Callable[[], Result], seconds: float) -> Result:
    """Repeat an action that finds the database locked by another process, for so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            if not is_sqlite_busy(error) or time.monotonic() > deadline:
                raise
        time.sleep(random.uniform(0.0005, 0.003))  # noqa: S311  spreads processes, hides nothing
