"""Photos that show how an item of a rubric should look."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    Column,
    ForeignKey,
    Integer,
    OnDelete,
    OnUpdate,
    Timestamptz,
    Varchar,
)
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-22T06:36:12:000000"
VERSION = "1.38.0"
DESCRIPTION = "Photos of rubrics"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


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

BY: dict[str, Any] = {
    "references": Account,
    "on_delete": OnDelete.restrict,
    "on_update": OnUpdate.restrict,
    "target_column": None,
    "default": None,
}

COLUMNS: dict[str, tuple[type[Column], dict[str, Any]]] = {
    "sha256": (Varchar, {"length": 64, "default": None, "primary_key": True}),
    "width": (Integer, {"default": 0}),
    "height": (Integer, {"default": 0}),
    "size": (Integer, {"default": 0}),
    "account": (ForeignKey, BY),
    "added_at": (Timestamptz, {"default": None}),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_table(class_name="RubricPhoto", tablename="rubric_photo", schema=None, columns=None)
    for name, (kind, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="RubricPhoto",
            tablename="rubric_photo",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=REPEATED | params,
            schema=None,
        )
    return manager
