"""A counter in a table."""

from pathlib import Path

import pytest

from inspection.persistence.engine import DB
from inspection.persistence.tables import NoticeCounter


@pytest.fixture
async def counter(database):
    await NoticeCounter.insert(NoticeCounter(key="n", last=0))
    return database


@pytest.fixture
async def notes(sqlite_database):
    """An open database with an empty table `note`."""
    await DB.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")
    return Path(sqlite_database.removeprefix("sqlite:///"))


@pytest.fixture
def writer(notes):
    """The writer thread of the open database."""
    return DB.engine._workers[0]
