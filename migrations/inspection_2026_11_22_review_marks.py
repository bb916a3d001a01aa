"""What reviewers think of single items, and until when a returned visit is due again."""

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

ID = "2026-11-22T08:58:41:000000"
VERSION = "1.38.0"
DESCRIPTION = "What reviewers think of single items, and until when a return is due"


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


COLUMNS: dict[tuple[str, str], dict[str, Declared]] = {
    ("ReviewMark", "review_mark"): {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "visit": _to(Visit),
        "attempt": (Integer, {"default": 1}),
        "item": (Varchar, {"length": 40, "default": ""}),
        "mark": (Varchar, {"length": 40, "default": ""}),
        "question": (Text, {"default": ""}),
        "version": (Integer, {"default": 1}),
        "marked_by": _to(Account),
        "marked_at": (Timestamptz, {"default": None}),
    },
    ("Review", "review"): {
        "told": (Text, {"default": ""}),
        "due_at": (Timestamptz, {"default": None, "null": True}),
    },
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_table(class_name="ReviewMark", tablename="review_mark", schema=None, columns=None)
    for (table, tablename), columns in COLUMNS.items():
        for name, (kind, params) in columns.items():
            manager.add_column(
                table_class_name=table,
                tablename=tablename,
                column_name=name,
                db_column_name=name,
                column_class_name=kind.__name__,
                column_class=kind,
                params=REPEATED | params,
                schema=None,
            )
    manager.add_constraint(
        table_class_name="ReviewMark",
        tablename="review_mark",
        constraint_name="one_mark_per_item",
        constraint_class=Unique,
        params={"columns": ["visit", "attempt", "item"], "nulls_distinct": True},
        schema=None,
    )
    return manager
