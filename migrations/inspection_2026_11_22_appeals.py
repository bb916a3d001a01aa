"""Appeals against single losses, their thread and files, and clocks that stand still meanwhile."""

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

ID = "2026-11-22T08:55:17:000000"
VERSION = "1.38.0"
DESCRIPTION = "Appeals against single losses"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Store(Table, tablename="store"):
    id = Varchar(length=36, primary_key=True, default=None)


class Round(Table, tablename="round"):
    id = Varchar(length=36, primary_key=True, default=None)


class Visit(Table, tablename="visit"):
    id = Varchar(length=36, primary_key=True, default=None)


class Notice(Table, tablename="notice"):
    id = Varchar(length=36, primary_key=True, default=None)


class NoticeLine(Table, tablename="notice_line"):
    id = Varchar(length=36, primary_key=True, default=None)


class Appeal(Table, tablename="appeal"):
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
POINTS: Declared = (BigInt, {"default": 0})
MAYBE_POINTS: Declared = (BigInt, {"default": None, "null": True})

COLUMNS: dict[str, dict[str, Declared]] = {
    "Appeal": {
        "id": MADE_ID,
        "notice": _to(Notice, index=True),
        "line": _to(NoticeLine, index=True),
        "visit": _to(Visit, index=True),
        "attempt": _count(1),
        "item": _text(40),
        "round": _to(Round, index=True),
        "store": _to(Store, index=True),
        "region_path": _text(80),
        "ground": _text(40),
        "text": WORDS,
        "state": _text(40, default="filed", index=True),
        "claim": _text(120, null=True, default=None, unique=True),
        "frozen": _flag(),
        "old_lost": POINTS,
        "new_lost": MAYBE_POINTS,
        "filed_by": _to(Account),
        "filed_at": MOMENT,
        "closes_at": MOMENT,
        "opinion_due_at": MOMENT,
        "decision_due_at": MOMENT,
        "advice": _text(40),
        "advice_text": WORDS,
        "advised_by": _to(Account, null=True),
        "advised_at": MAYBE_TIME,
        "reason": WORDS,
        "answer": WORDS,
        "decided_by": _to(Account, null=True),
        "decided_at": MAYBE_TIME,
        "amended": _to(Notice, null=True),
        "withdrawn_by": _to(Account, null=True),
        "withdrawn_at": MAYBE_TIME,
        "version": _count(1),
        "client_id": _text(36, null=True, default=None, unique=True),
        "content_hash": _text(64),
    },
    "AppealMessage": {
        "id": MADE_ID,
        "appeal": _to(Appeal),
        "number": _count(1),
        "voice": _text(40),
        "author": _to(Account),
        "text": WORDS,
        "to_store": _flag(),
        "to_inspector": _flag(),
        "said_at": MOMENT,
    },
    "AppealFile": {
        "id": MADE_ID,
        "appeal": _to(Appeal),
        "position": _count(1),
        "kind": _text(40),
        "sha256": _text(64, index=True),
        "name": _text(120),
        "size": POINTS,
        "added_by": _to(Account),
        "added_at": MOMENT,
    },
    "Attachment": {
        "id": MADE_ID,
        "account": _to(Account),
        "sha256": _text(64, index=True),
        "name": _text(120),
        "size": POINTS,
        "created_at": MOMENT,
    },
    "LinePause": {
        "id": MADE_ID,
        "line": _to(NoticeLine, index=True),
        "since": MOMENT,
        "until": MAYBE_TIME,
        "why": _text(40, default="appeal"),
        "cause": _text(36),
    },
}

NAMES = {
    "Appeal": "appeal",
    "AppealMessage": "appeal_message",
    "AppealFile": "appeal_file",
    "Attachment": "attachment",
    "LinePause": "line_pause",
}

ONCE = (
    ("AppealMessage", "in_order", ["appeal", "number"]),
    ("AppealFile", "once_each", ["appeal", "sha256"]),
    ("Attachment", "one_row_per_sender", ["account", "sha256"]),
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
