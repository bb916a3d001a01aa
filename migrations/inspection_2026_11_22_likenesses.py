"""What photos look like, to find those that were seen before."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Column, Integer, Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T09:34:12:000000"
VERSION = "1.38.0"
DESCRIPTION = "What photos look like, to find those that were seen before"

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
    "id": (BigSerial, {"default": 0, "primary_key": True}),
    "slot": (Integer, {"default": 0, "index": True}),
    "sha256": (Varchar, {"length": 64, "default": "", "index": True}),
    "bits": (Varchar, {"length": 40, "default": ""}),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_table(class_name="PhotoBand", tablename="photo_band", schema=None, columns=None)
    for name, (kind, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="PhotoBand",
            tablename="photo_band",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=REPEATED | params,
            schema=None,
        )
    return manager
