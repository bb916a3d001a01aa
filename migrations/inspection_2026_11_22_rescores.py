"""Visits judged by another version of their rubric."""

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
from piccolo.constraints import Unique
from piccolo.table import Table

ID = "2026-11-22T05:41:26:000000"
VERSION = "1.38.0"
DESCRIPTION = "Visits judged by another version of their rubric"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Store(Table, tablename="store"):
    id = Varchar(length=36, primary_key=True, default=None)


class Round(Table, tablename="round"):
    id = Varchar(length=36, primary_key=True, default=None)


class RubricVersion(Table, tablename="rubric_version"):
    digest = Varchar(length=64, primary_key=True, default=None)


class Visit(Table, tablename="visit"):
    id = Varchar(length=36, primary_key=True, default=None)


class Rescore(Table, tablename="rescore"):
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


def _count(default: int | None = 0) -> Declared:
    return Integer, {"default": default, "null": default is None}


def _points(default: int | None = 0) -> Declared:
    return BigInt, {"default": default, "null": default is None}


MADE_ID: Declared = (Varchar, {"length": 36, "default": None, "primary_key": True})
MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})

COLUMNS: dict[str, dict[str, Declared]] = {
    "Rescore": {
        "id": MADE_ID,
        "round": _to(Round, index=True),
        "store_kind": _text(40),
        "from_version": _to(RubricVersion),
        "to_version": _to(RubricVersion),
        "region_path": _text(80),
        "state": _text(40, default="trying"),
        "job": _text(120),
        "marker": (Text, {"default": "[]"}),
        "steps": _count(),
        "done": _count(),
        "cards": _count(),
        "changed": _count(),
        "stuck": _count(),
        "moved": _count(),
        "mean": _points(None),
        "digest": _text(64),
        "reason": (Text, {"default": ""}),
        "asked_by": _to(Account),
        "asked_at": MOMENT,
        "shown_at": MAYBE_TIME,
        "confirmed_by": _to(Account, null=True),
        "confirmed_at": MAYBE_TIME,
        "ended_by": _to(Account, null=True),
        "ended_at": MAYBE_TIME,
    },
    "RescoreLine": {
        "id": MADE_ID,
        "rescore": _to(Rescore),
        "visit": _to(Visit, index=True),
        "store": _to(Store),
        "attempt": _count(1),
        "change": _text(40),
        "why": (Text, {"default": "[]"}),
        "old_digest": _text(64),
        "new_digest": _text(64),
        "old_total": _points(None),
        "new_total": _points(None),
        "difference": _points(),
        "size": _points(),
        "old_outcome": _text(40),
        "new_outcome": _text(40),
        "old_band": _text(40),
        "new_band": _text(40),
        "new_rankable": (Boolean, {"default": True}),
        "old_rank": _count(None),
        "new_rank": _count(None),
        "other_facts": (Boolean, {"default": False}),
        "fate": _text(40, default="waiting"),
        "late": (Boolean, {"default": False}),
        "differs": (Boolean, {"default": False}),
        "revision": _count(None),
        "written_at": MAYBE_TIME,
        "notice": _text(40),
    },
}

NAMES = {"Rescore": "rescore", "RescoreLine": "rescore_line"}


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
    manager.add_constraint(
        table_class_name="RescoreLine",
        tablename="rescore_line",
        constraint_name="one_line_per_visit",
        constraint_class=Unique,
        params={"columns": ["rescore", "visit"], "nulls_distinct": True},
        schema=None,
    )
    return manager
