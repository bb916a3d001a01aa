"""Approved visits wait for the batch that releases them."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
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
from piccolo.constraints import Unique
from piccolo.table import Table

ID = "2026-11-22T08:55:07:000000"
VERSION = "1.38.0"
DESCRIPTION = "Approved visits wait for the batch that releases them"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Round(Table, tablename="round"):
    id = Varchar(length=36, primary_key=True, default=None)


class Visit(Table, tablename="visit"):
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


MADE_ID: Declared = (Varchar, {"length": 36, "default": None, "primary_key": True})
MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})

NEW_TABLES = {
    "ReleaseBatch": "release_batch",
    "ReleaseHold": "release_hold",
    "ReleasedItem": "released_item",
}
TABLE_NAMES = {**NEW_TABLES, "Round": "round"}

COLUMNS: dict[str, dict[str, Declared]] = {
    "Round": {
        "release_rule": _text(40),
        "release_day": (Integer, {"default": 1}),
    },
    "ReleaseBatch": {
        "id": MADE_ID,
        "round": _to(Round),
        "key": _text(40),
        "kind": _text(40, default="week"),
        "region_path": _text(80),
        "approved_until": MOMENT,
        "visited_before": MOMENT,
        "reason": (Text, {"default": ""}),
        "made_by": _to(Account, null=True),
        "made_at": MOMENT,
        "done_at": MAYBE_TIME,
        "visits": (Integer, {"default": 0}),
    },
    "ReleaseHold": {
        "id": MADE_ID,
        "visit": _to(Visit),
        "reason": (Text, {"default": ""}),
        "held_by": _to(Account),
        "held_at": MOMENT,
    },
    "ReleasedItem": {
        "id": MADE_ID,
        "visit": _to(Visit),
        "attempt": (Integer, {"default": 1}),
        "item": _text(40),
        "problem": (Text, {"default": ""}),
        "photos": (Text, {"default": "[]"}),
        "written_by": _to(Account),
        "written_at": MOMENT,
    },
}

ONLY_ONE = {
    "ReleaseBatch": ("one_batch_per_key", ["round", "key"]),
    "ReleaseHold": ("one_hold_per_visit", ["visit"]),
    "ReleasedItem": ("one_row_per_item", ["visit", "attempt", "item"]),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for class_name, tablename in NEW_TABLES.items():
        manager.add_table(class_name=class_name, tablename=tablename, schema=None, columns=None)
    for class_name, columns in COLUMNS.items():
        for name, (kind, params) in columns.items():
            manager.add_column(
                table_class_name=class_name,
                tablename=TABLE_NAMES[class_name],
                column_name=name,
                db_column_name=name,
                column_class_name=kind.__name__,
                column_class=kind,
                params=REPEATED | params,
                schema=None,
            )
    for class_name, (constraint, columns) in ONLY_ONE.items():
        manager.add_constraint(
            table_class_name=class_name,
            tablename=TABLE_NAMES[class_name],
            constraint_name=constraint,
            constraint_class=Unique,
            params={"columns": columns, "nulls_distinct": True},
            schema=None,
        )
    return manager
