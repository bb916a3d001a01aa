"""Inboxes, deliveries and what people chose; bots and webhooks; reminders of deadlines."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigInt,
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

ID = "2026-11-22T09:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Messages, deliveries and reminders"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Region(Table, tablename="region"):
    id = Varchar(length=36, primary_key=True, default=None)


class Notice(Table, tablename="notice"):
    id = Varchar(length=36, primary_key=True, default=None)


class NoticeLine(Table, tablename="notice_line"):
    id = Varchar(length=36, primary_key=True, default=None)


class Delivery(Table, tablename="delivery"):
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


def _name(length: int, **more: Any) -> Declared:
    return Varchar, {"length": length, "default": ""} | more


def _text(default: str) -> Declared:
    return Text, {"default": default}


def _count(default: int = 0) -> Declared:
    return Integer, {"default": default}


MADE_ID: Declared = (Varchar, {"length": 36, "default": None, "primary_key": True})
SERIAL: Declared = (BigSerial, {"primary_key": True})
MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})
YES: Declared = (Boolean, {"default": True})
NO: Declared = (Boolean, {"default": False})

ABOUT: dict[str, Declared] = {
    "kind": _name(40),
    "noun": _name(40),
    "noun_id": _name(64),
    "facts": _text("{}"),
}
CHANGED: dict[str, Declared] = {
    "state": _name(40, default="on"),
    "revision": _count(1),
    "changed_by": _to(Account),
    "changed_at": MOMENT,
}

COLUMNS: dict[str, dict[str, Declared]] = {
    "InboxMessage": {
        "id": MADE_ID,
        "account": _to(Account),
        **ABOUT,
        "key": _name(64),
        "at_ms": (BigInt, {"default": 0}),
        "created_at": MOMENT,
        "read_at": MAYBE_TIME,
    },
    "Delivery": {
        "id": MADE_ID,
        "key": _name(64, unique=True),
        "channel": _name(40),
        "account": _to(Account, null=True, index=True),
        "target": _name(36),
        **ABOUT,
        "region_path": _name(80),
        "language": _name(8),
        "sealed": _text(""),
        "digest": NO,
        "state": _name(40, default="waiting"),
        "tries": _count(),
        "code": _name(120),
        "due_at": MOMENT,
        "created_at": MOMENT,
        "settled_at": MAYBE_TIME,
    },
    "DeliveryAttempt": {
        "id": SERIAL,
        "delivery": _to(Delivery, index=True),
        "at": MOMENT,
        "outcome": _name(40),
        "code": _name(120),
        "milliseconds": _count(),
    },
    "MessageChoice": {
        "id": MADE_ID,
        "account": _to(Account, unique=True),
        "ways": _text("{}"),
        "quiet": YES,
        "quiet_from": _count(1260),
        "quiet_to": _count(480),
        "digest": NO,
        "mail": _name(240),
        "mail_token_hash": _name(64),
        "mail_asked_at": MAYBE_TIME,
        "mail_confirmed_at": MAYBE_TIME,
        "revision": _count(1),
        "changed_at": MOMENT,
    },
    "Bot": {
        "id": MADE_ID,
        "region": _to(Region, index=True),
        "region_path": _name(80, index=True),
        "brand": _name(40),
        "name": _name(120),
        "sealed": _text(""),
        "language": _name(8, default="zh-CN"),
        **CHANGED,
    },
    "Webhook": {
        "id": MADE_ID,
        "region_path": _name(80, index=True),
        "name": _name(120),
        "url": _name(1000),
        "kinds": _text("[]"),
        "sealed": _text(""),
        "sealed_old": _text(""),
        "old_until": MAYBE_TIME,
        **CHANGED,
    },
    "LineReminder": {
        "id": SERIAL,
        "line": _to(NoticeLine),
        "step": _name(40),
        "due_at": MOMENT,
        "at": MOMENT,
    },
    "NoticeUrge": {
        "id": MADE_ID,
        "notice": _to(Notice),
        "kind": _name(40),
        "day": (Date, {"default": None}),
        "by": _to(Account),
        "at": MOMENT,
    },
}

NAMES = {
    "InboxMessage": "inbox_message",
    "Delivery": "delivery",
    "DeliveryAttempt": "delivery_attempt",
    "MessageChoice": "message_choice",
    "Bot": "bot",
    "Webhook": "webhook",
    "LineReminder": "line_reminder",
    "NoticeUrge": "notice_urge",
}

UNIQUE = {
    "InboxMessage": ("once_per_person", ["account", "key"]),
    "LineReminder": ("once_per_deadline", ["line", "step", "due_at"]),
    "NoticeUrge": ("once_a_day", ["notice", "kind", "day"]),
}


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
    for table, (name, columns) in UNIQUE.items():
        manager.add_constraint(
            table_class_name=table,
            tablename=NAMES[table],
            constraint_name=name,
            constraint_class=Unique,
            params={"columns": columns, "nulls_distinct": True},
            schema=None,
        )
    return manager
