"""Regions and stores that close, and where they counted before they moved."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigSerial,
    Column,
    Date,
    ForeignKey,
    OnDelete,
    OnUpdate,
    Timestamptz,
    Varchar,
)
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Unique
from piccolo.table import Table

ID = "2026-11-22T05:36:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Closing and moving regions and stores"


class Region(Table, tablename="region"):
    id = Varchar(length=36, primary_key=True, default=None)


class Store(Table, tablename="store"):
    id = Varchar(length=36, primary_key=True, default=None)


class Round(Table, tablename="round"):
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


ROW_ID: Declared = (BigSerial, {"primary_key": True})
PATH: Declared = (Varchar, {"length": 80, "default": ""})

NEW_COLUMNS: dict[tuple[str, str], dict[str, Declared]] = {
    ("Region", "region"): {"state": (Varchar, {"length": 40, "default": "open"})},
    ("Store", "store"): {
        "closed_on": (Date, {"default": None, "null": True}),
        "close_reason": (Varchar, {"length": 240, "default": ""}),
    },
}

NEW_TABLES: dict[tuple[str, str], dict[str, Declared]] = {
    ("FormerPath", "former_path"): {
        "id": ROW_ID,
        "region": _to(Region, index=True),
        "path": PATH,
        "left_at": (Timestamptz, {"default": None}),
    },
    ("RoundPlace", "round_place"): {
        "id": ROW_ID,
        "round": _to(Round),
        "store": _to(Store, index=True),
        "region_path": PATH,
    },
}

UNIQUE = (
    (("FormerPath", "former_path"), "one_row_per_path", ["region", "path"]),
    (("RoundPlace", "round_place"), "one_place_per_round", ["round", "store"]),
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for table, name in NEW_TABLES:
        manager.add_table(class_name=table, tablename=name, schema=None, columns=None)
    for (table, name), columns in {**NEW_COLUMNS, **NEW_TABLES}.items():
        for column, (kind, params) in columns.items():
            manager.add_column(
                table_class_name=table,
                tablename=name,
                column_name=column,
                db_column_name=column,
                column_class_name=kind.__name__,
                column_class=kind,
                params=REPEATED | params,
                schema=None,
            )
    for (table, name), constraint, members in UNIQUE:
        manager.add_constraint(
            table_class_name=table,
            tablename=name,
            constraint_name=constraint,
            constraint_class=Unique,
            params={"columns": members, "nulls_distinct": True},
            schema=None,
        )
    return manager
