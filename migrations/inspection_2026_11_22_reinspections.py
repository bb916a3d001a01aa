"""Looks at stores for the failed lines of their notices."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigSerial,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    OnUpdate,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Unique
from piccolo.table import Table

ID = "2026-11-22T15:34:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Looks at stores for failed lines"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Store(Table, tablename="store"):
    id = Varchar(length=36, primary_key=True, default=None)


class Visit(Table, tablename="visit"):
    id = Varchar(length=36, primary_key=True, default=None)


class NoticeLine(Table, tablename="notice_line"):
    id = Varchar(length=36, primary_key=True, default=None)


class Reinspection(Table, tablename="reinspection"):
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


def _text(length: int, **more: Any) -> Declared:
    return Varchar, {"length": length, "default": ""} | more


def _count(default: int) -> Declared:
    return Integer, {"default": default}


def _flag() -> Declared:
    return Boolean, {"default": False}


MADE_ID: Declared = (Varchar, {"length": 36, "default": None, "primary_key": True})
MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})
WORDS: Declared = (Text, {"default": ""})
DAY: Declared = (Date, {"default": None})

COLUMNS: dict[str, dict[str, Declared]] = {
    "Reinspection": {
        "id": MADE_ID,
        "visit": _to(Visit),
        "store": _to(Store),
        "region_path": _text(80),
        "inspector": _to(Account, index=True),
        "state": _text(40, default="open"),
        "window_from": DAY,
        "window_to": DAY,
        "made_by": _to(Account),
        "made_at": MOMENT,
        "ended_by": _to(Account, null=True),
        "ended_at": MAYBE_TIME,
        "why": WORDS,
    },
    "ReinspectionLine": {
        "id": MADE_ID,
        "reinspection": _to(Reinspection),
        "line": _to(NoticeLine, index=True),
        "verdict": _text(36, null=True, default=None),
    },
    "ReinspectionSending": {
        "id": MADE_ID,
        "reinspection": _to(Reinspection),
        "content_hash": _text(64),
        "body": WORDS,
        "receipt": WORDS,
        "account": _to(Account),
        "received_at": MOMENT,
    },
    "ReinspectionPhoto": {
        "id": (BigSerial, {"primary_key": True}),
        "reinspection": _to(Reinspection),
        "item": _text(40),
        "position": _count(0),
        "sha256": _text(64, index=True),
        "shown": _flag(),
    },
}

NAMES = {
    "Reinspection": "reinspection",
    "ReinspectionLine": "reinspection_line",
    "ReinspectionSending": "reinspection_sending",
    "ReinspectionPhoto": "reinspection_photo",
}

ONCE = (
    ("ReinspectionLine", "one_look_per_line", ["reinspection", "line"]),
    ("ReinspectionSending", "one_sending_per_look", ["reinspection"]),
    ("ReinspectionPhoto", "one_look_photo_per_place", ["reinspection", "item", "position"]),
)


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
    for table, constraint, names in ONCE:
        manager.add_constraint(
            table_class_name=table,
            tablename=NAMES[table],
            constraint_name=constraint,
            constraint_class=Unique,
            params={"columns": names, "nulls_distinct": True},
            schema=None,
        )
    return manager
