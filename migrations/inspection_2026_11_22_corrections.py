"""What reviewers and appeals change about what was found."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigInt,
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

ID = "2026-11-22T08:52:07:000000"
VERSION = "1.38.0"
DESCRIPTION = "What reviewers and appeals change about what was found"


class Account(Table, tablename="account"):
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


def _to(references: type[Table]) -> Declared:
    params = {"references": references, "on_delete": OnDelete.restrict, "target_column": None}
    return ForeignKey, params | {"on_update": OnUpdate.restrict, "default": None}


COLUMNS: dict[str, Declared] = {
    "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
    "visit": _to(Visit),
    "attempt": (Integer, {"default": 1}),
    "revision": (Integer, {"default": 2}),
    "item": (Varchar, {"length": 40, "default": ""}),
    "old_answer": (Text, {"default": "{}"}),
    "new_answer": (Text, {"default": "{}"}),
    "old_lost": (BigInt, {"default": 0}),
    "new_lost": (BigInt, {"default": 0}),
    "reason": (Text, {"default": ""}),
    "source": (Varchar, {"length": 40, "default": "review"}),
    "corrected_by": _to(Account),
    "corrected_at": (Timestamptz, {"default": None}),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_table(class_name="Correction", tablename="correction", schema=None, columns=None)
    for name, (kind, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="Correction",
            tablename="correction",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=REPEATED | params,
            schema=None,
        )
    manager.add_constraint(
        table_class_name="Correction",
        tablename="correction",
        constraint_name="one_per_item",
        constraint_class=Unique,
        params={"columns": ["visit", "attempt", "revision", "item"], "nulls_distinct": True},
        schema=None,
    )
    return manager
