"""Opinions on more time as they are printed."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Column, Text, Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T16:29:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Printed opinions on more time"

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
    "paper": (Text, {"default": ""}),
    "pdf_sha256": (Varchar, {"length": 64, "null": True, "default": None}),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for column, (kind, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="LineExtension",
            tablename="line_extension",
            column_name=column,
            db_column_name=column,
            column_class_name=kind.__name__,
            column_class=kind,
            params=REPEATED | params,
            schema=None,
        )
    return manager
