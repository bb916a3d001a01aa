"""How the hours of a round's lines run."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T16:35:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Hours of the lines of a round"

REPEATED: dict[str, Any] = {
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}

TABLES = {"Round": "round", "RoundSchedule": "round_schedule"}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for table, name in TABLES.items():
        manager.add_column(
            table_class_name=table,
            tablename=name,
            column_name="hours_kind",
            db_column_name="hours_kind",
            column_class_name="Varchar",
            column_class=Varchar,
            params=REPEATED | {"length": 40, "default": ""},
            schema=None,
        )
    return manager
