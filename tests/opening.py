"""Opening the database of a test."""

from pathlib import Path

from inspection.persistence.database import DB
from inspection.persistence.engine import open_database
from inspection.persistence.engines.sqlite_engine import SQLiteEngine
from inspection.persistence.engines.sqlite_workers import SQLiteOptions

ONE_READER = SQLiteOptions(readers=1)
"""Each thread that reads begins by parsing the whole schema, which takes longer than most tests;
what several of them do at once is tested in `tests/persistence`.
"""


async def open_tested(url: str) -> None:
    """Point every table at this database and open it."""
    if not url.startswith("sqlite:///"):
        await open_database(url, pool_min=0, pool_max=5)
        return
    DB.use(SQLiteEngine(Path(url.removeprefix("sqlite:///")), ONE_READER))
    await DB.engine.start()
