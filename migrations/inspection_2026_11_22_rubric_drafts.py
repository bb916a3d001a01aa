"""Rubrics being written, decisions about them, and versions taken out of use."""

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

ID = "2026-11-22T05:30:55:347995"
VERSION = "1.38.0"
DESCRIPTION = "Drafts of rubrics, decisions and withdrawals"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class RubricVersion(Table, tablename="rubric_version"):
    digest = Varchar(length=64, primary_key=True, default=None)


class RubricDraft(Table, tablename="rubric_draft"):
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
    """A foreign key that lets nothing disappear that is referred to."""
    params = {"references": references, "on_delete": OnDelete.restrict, "target_column": None}
    return ForeignKey, params | {"on_update": OnUpdate.restrict, "default": None} | more


def _text(length: int, default: str | None = "", **more: Any) -> Declared:
    return Varchar, {"length": length, "default": default} | more


def _time(*, null: bool = False) -> Declared:
    return Timestamptz, {"default": None, "null": null}


COLUMNS: dict[str, dict[str, Declared]] = {
    "RubricDraft": {
        "id": _text(36, None, primary_key=True),
        "code": _text(40, index=True),
        "title_zh": _text(120),
        "title_en": _text(120),
        "store_kind": _text(40),
        "based_on": _to(RubricVersion, null=True),
        "saves": (Integer, {"default": 0}),
        "state": _text(40, "editing"),
        "author": _to(Account),
        "writers": (Text, {"default": "[]"}),
        "created_at": _time(),
        "changed_at": _time(),
        "changed_by": _to(Account),
        "submitted_at": _time(null=True),
        "submitted_by": _to(Account, null=True),
        "published": _to(RubricVersion, null=True, index=True),
        "body": (Text, {"default": ""}),
    },
    "RubricDecision": {
        "id": _text(36, None, primary_key=True),
        "draft": _to(RubricDraft, index=True),
        "decision": _text(40),
        "reason": _text(500),
        "saves": (Integer, {"default": 0}),
        "account": _to(Account),
        "decided_at": _time(),
    },
    "RubricWithdrawal": {
        "id": _text(36, None, primary_key=True),
        "rubric_version": _to(RubricVersion),
        "reason": _text(500),
        "account": _to(Account),
        "withdrawn_at": _time(),
    },
}

NAMES = {
    "RubricDraft": "rubric_draft",
    "RubricDecision": "rubric_decision",
    "RubricWithdrawal": "rubric_withdrawal",
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for table, columns in COLUMNS.items():
        manager.add_table(class_name=table, tablename=NAMES[table], schema=None, columns=None)
        for name, (kind, params) in columns.items():
            _add_column(manager, table, name, kind, REPEATED | params)
    manager.add_constraint(
        table_class_name="RubricWithdrawal",
        tablename=NAMES["RubricWithdrawal"],
        constraint_name="one_per_version",
        constraint_class=Unique,
        params={"columns": ["rubric_version"], "nulls_distinct": True},
        schema=None,
    )
    return manager


def _add_column(manager, table, name, kind, params):
    manager.add_column(
        table_class_name=table,
        tablename=NAMES[table],
        column_name=name,
        db_column_name=name,
        column_class_name=kind.__name__,
        column_class=kind,
        params=params,
        schema=None,
    )
