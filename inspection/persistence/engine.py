"""The database from outside this room: choose it, open it, close it, write to it in one piece."""

from pathlib import Path
from urllib.parse import urlsplit

from inspection.persistence.database import DB
from inspection.persistence.database_engine import DatabaseEngine
from inspection.persistence.integrity import DatabaseFault
from inspection.persistence.postgres_engine import PostgresEngine, PostgresOptions
from inspection.persistence.sqlite_engine import SQLiteEngine
from inspection.persistence.transactions import Transaction

__all__ = ["DB", "close_database", "open_database", "read_tx", "tx", "use_database"]


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
    DB.use(_engine(url, pool_min=pool_min, pool_max=pool_max))


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


def _engine(url: str, *, pool_min: int, pool_max: int) -> DatabaseEngine:
    scheme = urlsplit(url).scheme
    if scheme in ("postgres", "postgresql"):
        return PostgresEngine(url, PostgresOptions(pool_min=pool_min, pool_max=pool_max))
    if url.startswith("sqlite:///") and url != "sqlite:///":
        return SQLiteEngine(Path(url.removeprefix("sqlite:///")))
    msg = (
        "DATABASE_URL must be sqlite:///folder/file.db, sqlite:////absolute/file.db or "
        f"postgresql://user:password@host/name, not one that begins with {scheme or 'nothing'}"
    )
    raise DatabaseFault(msg)
