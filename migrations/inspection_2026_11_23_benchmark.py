"""Who an issue compares its units with."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Column, Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-23T02:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Benchmark of the bulletin"

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

COLUMNS: dict[str, tuple[type[Column], dict[str, Any]]] = {
    "benchmark": (Varchar, {"length": 120, "default": ""}),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for column, (kind, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="Bulletin",
            tablename="bulletin",
            column_name=column,
            db_column_name=column,
            column_class_name=kind.__name__,
            column_class=kind,
            params=REPEATED | params,
            schema=None,
        )
    return manager
