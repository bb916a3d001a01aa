"""Replies, verdicts, co-handlers, extensions, follow-up calls and solved cases of notice lines."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigSerial,
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

ID = "2026-11-22T08:55:05:550033"
VERSION = "1.38.0"
DESCRIPTION = "Rectification"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Store(Table, tablename="store"):
    id = Varchar(length=36, primary_key=True, default=None)


class NoticeLine(Table, tablename="notice_line"):
    id = Varchar(length=36, primary_key=True, default=None)


class RectificationReply(Table, tablename="rectification_reply"):
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
    return ForeignKey, {"default": None} | params | {"on_update": OnUpdate.restrict} | more


MADE_ID: Declared = (Varchar, {"length": 36, "default": None, "primary_key": True})
SERIAL: Declared = (BigSerial, {"primary_key": True})
WORDS: Declared = (Text, {"default": ""})
MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})
NO: Declared = (Boolean, {"default": False})
DIGEST: Declared = (Varchar, {"length": 64, "default": ""})
NAME: Declared = (Varchar, {"length": 120, "default": ""})
MAYBE_NUMBER: Declared = (Integer, {"default": None, "null": True})


def _short(default: str = "") -> Declared:
    return Varchar, {"length": 40, "default": default}


def _number(default: int) -> Declared:
    return Integer, {"default": default}


NEW_TABLES = {
    "RectificationReply": "rectification_reply",
    "RectificationPhoto": "rectification_photo",
    "RectificationVerdict": "rectification_verdict",
    "LineHandler": "line_handler",
    "LineExtension": "line_extension",
    "FollowUpCall": "follow_up_call",
    "SolvedCase": "solved_case",
}
TABLE_NAMES = {**NEW_TABLES, "NoticeLine": "notice_line"}

COLUMNS: dict[str, dict[str, Declared]] = {
    "NoticeLine": {"hours_kind": _short("calendar")},
    "RectificationReply": {
        "id": MADE_ID,
        "line": _to(NoticeLine, index=True),
        "attempt": MAYBE_NUMBER,
        "client_id": DIGEST,
        "content_hash": DIGEST,
        "account": _to(Account),
        "cause": WORDS,
        "measure": WORDS,
        "prevention": WORDS,
        "on_the_spot": NO,
        "aside": _short(),
        "due_at": MOMENT,
        "received_at": MOMENT,
    },
    "RectificationPhoto": {
        "id": SERIAL,
        "reply": _to(RectificationReply),
        "position": _number(1),
        "sha256": (Varchar, {"length": 64, "default": "", "index": True}),
        "origin": _short("unknown"),
        "taken_at": MAYBE_TIME,
        "exif_at": MAYBE_TIME,
        "received_at": MOMENT,
        "distance_m": MAYBE_NUMBER,
        "flags": (Text, {"default": "[]"}),
    },
    "RectificationVerdict": {
        "id": MADE_ID,
        "line": _to(NoticeLine, index=True),
        "reply": _to(RectificationReply, index=True),
        "way": _short("reply"),
        "accepted": NO,
        "reason": WORDS,
        "verifier": _to(Account),
        "decided_at": MOMENT,
    },
    "LineHandler": {
        "id": MADE_ID,
        "line": _to(NoticeLine),
        "name": NAME,
        "added_by": _to(Account),
        "added_at": MOMENT,
    },
    "LineExtension": {
        "id": MADE_ID,
        "line": _to(NoticeLine),
        "ordinal": _number(1),
        "state": _short("asked"),
        "hours": _number(24),
        "reason": WORDS,
        "asked_by": _to(Account),
        "asked_at": MOMENT,
        "due_before": MOMENT,
        "due_after": MAYBE_TIME,
        "number": (Varchar, {"length": 120, "default": None, "null": True, "unique": True}),
        "opinion": WORDS,
        "decided_by": _to(Account, null=True),
        "decided_at": MAYBE_TIME,
    },
    "FollowUpCall": {
        "id": MADE_ID,
        "line": _to(NoticeLine),
        "state": _short("due"),
        "due_at": MOMENT,
        "note": WORDS,
        "called_by": _to(Account, null=True),
        "called_at": MAYBE_TIME,
    },
    "SolvedCase": {
        "id": MADE_ID,
        "line": _to(NoticeLine),
        "store": _to(Store),
        "store_kind": _short(),
        "region_path": (Varchar, {"length": 80, "default": ""}),
        "item": _short(),
        "section": _short(),
        "title_zh": NAME,
        "title_en": NAME,
        "section_zh": NAME,
        "section_en": NAME,
        "problem": WORDS,
        "requirement": WORDS,
        "cause": WORDS,
        "measure": WORDS,
        "prevention": WORDS,
        "before_sha256": DIGEST,
        "after_sha256": DIGEST,
        "hours_taken": _number(0),
        "solved_at": MOMENT,
    },
}

UNIQUE = (
    ("RectificationReply", "one_attempt_per_line", ["line", "attempt"]),
    ("RectificationReply", "one_content_per_line", ["line", "client_id", "content_hash"]),
    ("RectificationPhoto", "one_photo_per_place", ["reply", "position"]),
    ("LineHandler", "one_handler_per_name", ["line", "name"]),
    ("LineExtension", "one_extension_per_ordinal", ["line", "ordinal"]),
    ("FollowUpCall", "one_call_per_line", ["line"]),
    ("SolvedCase", "one_case_per_line", ["line"]),
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for class_name, tablename in NEW_TABLES.items():
        manager.add_table(class_name=class_name, tablename=tablename, columns=None)
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
            )
    for class_name, name, columns in UNIQUE:
        manager.add_constraint(
            table_class_name=class_name,
            tablename=NEW_TABLES[class_name],
            constraint_name=name,
            constraint_class=Unique,
            params={"columns": columns, "nulls_distinct": True},
            schema=None,
        )
    return manager
