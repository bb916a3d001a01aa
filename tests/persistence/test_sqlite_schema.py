"""Changing tables on SQLite: constraints from the start, anything else by rebuilding the table."""

import shutil
import sys

import pytest

from inspection.persistence.engine import DB, close_database, open_database, tx
from inspection.persistence.engines.integrity import (
    CheckBroken,
    DatabaseFault,
    ReferenceBroken,
    TransactionMisuse,
    UniqueBroken,
)
from inspection.persistence.migrating import FOLDER, migrate
from inspection.persistence.sqlite_schema import rebuild
from inspection.persistence.tables import NoticeCounter
from tests.persistence.made_up_migrations import look, write

SHAPES = """
from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table
from inspection.persistence.database import DB

class Shelf(Table, tablename="shelf", db=DB):
    id = Serial(primary_key=True)
    name = Varchar(length=40, null=False, default="")
    width = Integer(null=False, default=0)
    one_name = Unique(["name", "width"])
    wide = Check("width < 100")
"""

MAKE = """
for sql in (
    'CREATE TABLE shelf (id INTEGER PRIMARY KEY, name VARCHAR NULL, breadth TEXT)',
    'CREATE TABLE book (id INTEGER PRIMARY KEY,'
    ' shelf INTEGER REFERENCES shelf (id) ON DELETE CASCADE)',
    'CREATE INDEX shelf_by_name ON shelf (name)',
    'CREATE TRIGGER shelf_named AFTER UPDATE ON shelf BEGIN DELETE FROM book WHERE id = 99; END',
    "INSERT INTO shelf VALUES (1, 'left', '12'), (2, NULL, '13')",
    'INSERT INTO book VALUES (10, 1), (11, 2)',
):
    await DB.run(sql)
"""

CHANGE = """
from inspection.persistence.sqlite_schema import rebuild
from shapes_of_a_test import Shelf
await rebuild(Shelf, copy={"name": "coalesce(name, '')", "width": "CAST(breadth AS INTEGER)"})
"""


@pytest.fixture
def folder(tmp_path):
    """The migrations of the product, to add to."""
    path = tmp_path / "migrations"
    shutil.copytree(FOLDER, path, ignore=shutil.ignore_patterns("__pycache__"))
    return path


@pytest.fixture
def shapes(tmp_path, monkeypatch):
    (tmp_path / "shapes_of_a_test.py").write_text(SHAPES)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("shapes_of_a_test", None)


@pytest.fixture
async def shelves(sqlite_url, folder, shapes):
    """A database whose table of shelves was rebuilt with books standing on them."""
    write(folder, 1, MAKE.strip())
    write(folder, 2, CHANGE.strip())
    await migrate(sqlite_url, folder)
    await open_database(sqlite_url)
    yield
    await close_database()


async def test_a_rebuilt_table_keeps_rows_children_indexes_and_triggers(shelves):
    assert await DB.run("SELECT id, name, width FROM shelf ORDER BY id") == [
        {"id": 1, "name": "left", "width": 12},
        {"id": 2, "name": "", "width": 13},
    ]
    assert await DB.run("SELECT count(*) AS n FROM book") == [{"n": 2}]
    kept = await DB.run(
        "SELECT name FROM sqlite_master WHERE tbl_name = 'shelf' AND type IN ('index', 'trigger')"
    )
    assert {"shelf_by_name", "shelf_named"} <= {row["name"] for row in kept}
    await DB.run("DELETE FROM shelf WHERE id = 2")
    assert await DB.run("SELECT id FROM book") == [{"id": 10}]


async def test_constraints_of_a_class_hold_on_sqlite(shelves):
    await DB.run("INSERT INTO shelf (name, width) VALUES ('right', 5)")
    with pytest.raises(UniqueBroken):
        await DB.run("INSERT INTO shelf (name, width) VALUES ('right', 5)")
    with pytest.raises(CheckBroken):
        await DB.run("INSERT INTO shelf (name, width) VALUES ('right', 500)")


async def test_foreign_keys_are_back_after_a_migration(shelves):
    assert await DB.run("PRAGMA foreign_keys") == [{"foreign_keys": 1}]
    with pytest.raises(ReferenceBroken):
        await DB.run("INSERT INTO book VALUES (12, 404)")


async def test_a_migration_that_orphans_rows_is_undone(sqlite_url, folder, shapes):
    write(folder, 1, MAKE.strip())
    write(folder, 2, 'await DB.run("DELETE FROM shelf WHERE id = 1")')
    with pytest.raises(DatabaseFault, match="refer to nothing"):
        await migrate(sqlite_url, folder)
    assert await look(sqlite_url, "SELECT count(*) AS n FROM shelf") == [{"n": 2}]


async def test_rebuilding_outside_a_migration_is_refused(database):
    with pytest.raises(TransactionMisuse, match="rebuild"):
        await rebuild(NoticeCounter)
    with pytest.raises(TransactionMisuse, match="rebuild"):
        async with tx():
            await rebuild(NoticeCounter)
