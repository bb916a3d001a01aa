"""Exports that make themselves."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigInt,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    OnDelete,
    OnUpdate,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-22T20:56:40:000000"
VERSION = "1.38.0"
DESCRIPTION = "Exports that make themselves"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Region(Table, tablename="region"):
    id = Varchar(length=36, primary_key=True, default=None)


class ScheduledExport(Table, tablename="scheduled_export"):
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


def _to(references: type[Table], *, index: bool, null: bool) -> dict[str, Any]:
    """A foreign key that lets nothing disappear that is referred to."""
    return {
        "references": references,
        "on_delete": OnDelete.restrict,
        "on_update": OnUpdate.restrict,
        "target_column": None,
        "default": None,
        "index": index,
        "null": null,
    }


SHORT = (Varchar, {"length": 40, "default": ""})
MOMENT = (Timestamptz, {"default": None})
MAYBE = (Timestamptz, {"default": None, "null": True})
ID_COLUMN = (Varchar, {"length": 36, "default": None, "primary_key": True})

TABLES: dict[str, tuple[str, dict[str, tuple[type[Column], dict[str, Any]]]]] = {
    "ScheduledExport": (
        "scheduled_export",
        {
            "id": ID_COLUMN,
            "account": (ForeignKey, _to(Account, index=True, null=False)),
            "name": (Varchar, {"length": 120, "default": ""}),
            "what": SHORT,
            "format": SHORT,
            "store_kind": SHORT,
            "region": (ForeignKey, _to(Region, index=False, null=True)),
            "beat": SHORT,
            "day": (Integer, {"default": 1}),
            "hour": (Integer, {"default": 0}),
            "paused": (Boolean, {"default": False}),
            "next_at": MOMENT,
            "created_at": MOMENT,
            "deleted_at": MAYBE,
        },
    ),
    "ExportRun": (
        "export_run",
        {
            "id": ID_COLUMN,
            "schedule": (ForeignKey, _to(ScheduledExport, index=True, null=False)),
            "key": (Varchar, {"length": 120, "default": "", "unique": True}),
            "due_at": MOMENT,
            "state": SHORT,
            "region_path": (Varchar, {"length": 80, "default": ""}),
            "row_count": (Integer, {"default": 0}),
            "fault": (Text, {"default": ""}),
            "file_name": (Varchar, {"length": 120, "default": ""}),
            "file_sha256": (Varchar, {"length": 64, "default": None, "null": True}),
            "file_size": (BigInt, {"default": 0}),
            "ended_at": MAYBE,
            "expires_at": MAYBE,
        },
    ),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for class_name, (table, columns) in TABLES.items():
        manager.add_table(class_name=class_name, tablename=table, schema=None, columns=None)
        for name, (kind, params) in columns.items():
            manager.add_column(
                table_class_name=class_name,
                tablename=table,
                column_name=name,
                db_column_name=name,
                column_class_name=kind.__name__,
                column_class=kind,
                params=REPEATED | params,
                schema=None,
            )
    return manager
