"""Sheets on their way in."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigSerial,
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

ID = "2026-11-22T05:52:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sheets on their way in"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class SheetImport(Table, tablename="sheet_import"):
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

Declared = tuple[type[Column], dict[str, Any]]


def _to(references: type[Table], **more: Any) -> Declared:
    params = {"references": references, "on_delete": OnDelete.restrict, "target_column": None}
    return ForeignKey, params | {"on_update": OnUpdate.restrict, "default": None} | more


def _name(length: int, **more: Any) -> Declared:
    return Varchar, {"length": length, "default": ""} | more


def _text(default: str) -> Declared:
    return Text, {"default": default}


COUNT: Declared = (Integer, {"default": 0})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})

COLUMNS: dict[str, dict[str, Declared]] = {
    "SheetImport": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "noun": _name(40),
        "file_name": _name(240),
        "sha256": _name(64),
        "account": _to(Account, index=True),
        "region_path": _name(80, index=True),
        "state": _name(40),
        "duplicates": _name(40, default="overwrite"),
        "faults": _text("[]"),
        "added": COUNT,
        "changed": COUNT,
        "unchanged": COUNT,
        "faulty": COUNT,
        "drifted": COUNT,
        "jobs": COUNT,
        "created_at": (Timestamptz, {"default": None}),
        "written_at": MAYBE_TIME,
        "undone_at": MAYBE_TIME,
    },
    "SheetImportRow": {
        "id": (BigSerial, {"primary_key": True}),
        "sheet_import": _to(SheetImport, index=True),
        "line": COUNT,
        "code": _name(120),
        "name": _name(120),
        "outcome": _name(40),
        "cells": _text(""),
        "faults": _text("[]"),
        "record_before": _text("null"),
        "record_after": _text("null"),
    },
}

NAMES = {"SheetImport": "sheet_import", "SheetImportRow": "sheet_import_row"}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for table, columns in COLUMNS.items():
        manager.add_table(class_name=table, tablename=NAMES[table], schema=None, columns=None)
        for name, (kind, params) in columns.items():
            manager.add_column(
                table_class_name=table,
                tablename=NAMES[table],
                column_name=name,
                db_column_name=name,
                column_class_name=kind.__name__,
                column_class=kind,
                params=REPEATED | params,
                schema=None,
            )
    return manager
