"""The database from outside this room: choose it, open it, close it, write to it in one piece."""

from pathlib import Path
from urllib.parse import urlsplit

from inspection.persistence.database import DB
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.engines.postgres_engine import PostgresEngine, PostgresOptions
from inspection.persistence.engines.sqlite_engine import SQLiteEngine
from inspection.persistence.engines.sqlite_workers import SQLiteOptions
from inspection.persistence.engines.transactions import Transaction
from inspection.persistence.sqlite_schema import install

UNHURRIED_POSTGRES = PostgresOptions(pool_min=1, pool_max=2, idle_seconds=600, statement_seconds=0)
UNHURRIED_SQLITE = SQLiteOptions(readers=1, idle_seconds=600, slow_seconds=60)

__all__ = ["DB", "close_database", "engine_for", "open_database", "read_tx", "tx", "use_database"]

install()


def tx() -> Transaction:
    """One flat write, said once per service call. Leaving the block commits, an error rolls back;
    inside another transaction it raises TransactionMisuse.
    """
    return DB.open_transaction(reading=False)


def read_tx() -> Transaction:
    """Several reads of one moment, for one block. Writing inside is an error."""
    return DB.open_transaction(reading=True)


def use_database(url: str, *, pool_min: int = 2, pool_max: int = 10) -> None:
    """Point every table at the database behind this URL; it opens at the first query.
    Raises DatabaseFault when the URL is neither SQLite's nor PostgreSQL's.
    """
    DB.use(engine_for(url, pool_min=pool_min, pool_max=pool_max))


async def open_database(url: str, *, pool_min: int = 2, pool_max: int = 10) -> None:
    """Point every table at this database and open it now, so that a wrong address fails at start.
    Raises DatabaseFault with a sentence for the operator.
    """
    use_database(url, pool_min=pool_min, pool_max=pool_max)
    await DB.engine.start()


async def close_database() -> None:
    """Finish what is queued and let go of threads, connections and files. Harmless when closed."""
    if DB.chosen:
        await DB.engine.stop()
        DB.use(None)


def engine_for(
    url: str, *, pool_min: int = 2, pool_max: int = 10, migrating: bool = False
) -> SQLiteEngine | PostgresEngine:
    """The engine behind a URL, not yet open. Migrations may take their time; others may not.
    Raises DatabaseFault when the URL is neither SQLite's nor PostgreSQL's.
    """
    scheme = urlsplit(url).scheme
    if scheme in ("postgres", "postgresql"):
        limits = PostgresOptions(pool_min=pool_min, pool_max=pool_max)
        return PostgresEngine(url, UNHURRIED_POSTGRES if migrating else limits)
    if url.startswith("sqlite:///") and url != "sqlite:///":
        path = Path(url.removeprefix("sqlite:///"))
        return SQLiteEngine(path, UNHURRIED_SQLITE if migrating else SQLiteOptions())
    msg = (
        "DATABASE_URL must be sqlite:///folder/file.db, sqlite:////absolute/file.db or "
        f"postgresql://user:password@host/name, not one that begins with {scheme or 'nothing'}"
    )
    raise DatabaseFault(msg)
