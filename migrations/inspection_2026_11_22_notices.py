"""Notices that are checked, voided, replaced and delivered, and the register of their numbers."""

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

ID = "2026-11-22T08:52:17:000000"
VERSION = "1.38.0"
DESCRIPTION = "Notices checked, voided, replaced and delivered; the register of numbers"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Notice(Table, tablename="notice"):
    id = Varchar(length=36, primary_key=True, default=None)


class NoticeBatch(Table, tablename="notice_batch"):
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


def _count(default: int = 0) -> Declared:
    return Integer, {"default": default}


MADE_ID: Declared = (Varchar, {"length": 36, "default": None, "primary_key": True})
ROW_ID: Declared = (BigSerial, {"primary_key": True})
MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})
LONG: Declared = (Text, {"default": ""})
MAYBE: dict[str, Any] = {"default": None, "null": True}
BY: Declared = _to(Account)
MAYBE_BY: Declared = _to(Account, null=True)

NEW_COLUMNS: dict[tuple[str, str], dict[str, Declared]] = {
    ("Notice", "notice"): {
        "edited_by": MAYBE_BY,
        "checked_by": MAYBE_BY,
        "checked_at": MAYBE_TIME,
        "receipt": _text(40),
        "receipt_name": _text(120),
        "receipt_note": LONG,
        "replaces": _text(36, **MAYBE, index=True),
        "replaced_by": _text(36, **MAYBE),
        "ended_by": MAYBE_BY,
        "ended_at": MAYBE_TIME,
        "end_reason": LONG,
        "void_sha256": _text(64, **MAYBE),
    },
    ("NoticeLine", "notice_line"): {
        "parts": (Text, {"default": "[]"}),
        "carried_from": _text(36, **MAYBE, index=True),
    },
}

NEW_TABLES: dict[tuple[str, str], dict[str, Declared]] = {
    ("Issuer", "issuer"): {
        "id": MADE_ID,
        "region_path": _text(80, unique=True),
        "name": _text(120),
        "mark": _text(40, unique=True),
        "pattern": _text(120),
        "one_person": (Boolean, {"default": False}),
        "seal_sha256": _text(64, **MAYBE),
        "revision": _count(1),
        "changed_by": BY,
        "changed_at": MOMENT,
    },
    ("DrawnNumber", "drawn_number"): {
        "id": ROW_ID,
        "counter": _text(120),
        "n": _count(1),
        "number": _text(120, unique=True),
        "kind": _text(40, default="notice"),
        "noun_id": _text(36, index=True),
        "region_path": _text(80),
        "drawn_at": MOMENT,
    },
    ("NoticeLink", "notice_link"): {
        "id": MADE_ID,
        "notice": _to(Notice, index=True),
        "token_sha256": _text(64, unique=True),
        "channel": _text(40, default="link"),
        "sent_to": _text(120),
        "made_by": BY,
        "made_at": MOMENT,
        "expires_at": MOMENT,
        "revoked_by": MAYBE_BY,
        "revoked_at": MAYBE_TIME,
        "reads": _count(),
        "last_read_at": MAYBE_TIME,
    },
    ("NoticeDelivery", "notice_delivery"): {
        "id": MADE_ID,
        "notice": _to(Notice, index=True),
        "at": MOMENT,
        "event": _text(40),
        "channel": _text(40),
        "by": MAYBE_BY,
        "link": _text(36, **MAYBE),
        "note": LONG,
    },
    ("NoticeBatch", "notice_batch"): {
        "id": MADE_ID,
        "kind": _text(40, default="sign"),
        "state": _text(40, default="running"),
        "asked_by": _to(Account, index=True),
        "asked_at": MOMENT,
        "ended_at": MAYBE_TIME,
        "archive_sha256": _text(64, **MAYBE),
        "archive_size": _count(),
        "expires_at": MAYBE_TIME,
    },
    ("NoticeBatchRow", "notice_batch_row"): {
        "id": ROW_ID,
        "batch": _to(NoticeBatch, index=True),
        "notice": _to(Notice, index=True),
        "position": _count(),
        "seen": _text(40),
        "state": _text(40, default="waiting"),
        "fault": _text(120),
    },
}

UNIQUE = (
    (("DrawnNumber", "drawn_number"), "drawn_once", ["counter", "n"]),
    (("NoticeBatchRow", "notice_batch_row"), "one_row_per_notice", ["batch", "notice"]),
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
