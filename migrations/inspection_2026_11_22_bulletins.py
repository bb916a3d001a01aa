"""Issues of the bulletin, who has read them, and complaints counted elsewhere."""

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

ID = "2026-11-22T15:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Issues of the bulletin, who has read them, and complaints counted elsewhere"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Bulletin(Table, tablename="bulletin"):
    id = Varchar(length=36, primary_key=True, default=None)


class Round(Table, tablename="round"):
    id = Varchar(length=36, primary_key=True, default=None)


class Store(Table, tablename="store"):
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
SERIAL: Declared = (BigSerial, {"primary_key": True})
MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})
DAY: Declared = (Date, {"default": None})
WORDS: Declared = (Text, {"default": ""})
MAYBE_NUMBER: Declared = (Integer, {"default": None, "null": True})

TABLE_NAMES = {
    "Bulletin": "bulletin",
    "BulletinReading": "bulletin_reading",
    "ComplaintCount": "complaint_count",
}

COLUMNS: dict[str, dict[str, Declared]] = {
    "Bulletin": {
        "id": MADE_ID,
        "region_path": _text(80),
        "kind": _text(40),
        "first_on": DAY,
        "last_on": DAY,
        "round": _to(Round, null=True),
        "preface": WORDS,
        "closing": WORDS,
        "hide_worst": (Boolean, {"default": False}),
        "solved_case": _text(36),
        "state": _text(40, default="draft"),
        "revision": (Integer, {"default": 1}),
        "number": _text(120, default=None, null=True, unique=True),
        "issue": MAYBE_NUMBER,
        "snapshot": (Text, {"default": None, "null": True}),
        "chain_seq": (BigInt, {"default": None, "null": True}),
        "chain_hash": _text(64),
        "pdf_sha256": _text(64, default=None, null=True),
        "pdf_pages": MAYBE_NUMBER,
        "pdf_fault": WORDS,
        "drafted_by": _to(Account),
        "drafted_at": MOMENT,
        "changed_by": _to(Account),
        "changed_at": MOMENT,
        "published_by": _to(Account, null=True),
        "published_at": MAYBE_TIME,
    },
    "BulletinReading": {
        "id": SERIAL,
        "bulletin": _to(Bulletin),
        "account": _to(Account, index=True),
        "edition": _text(40, default="web"),
        "read_at": MOMENT,
    },
    "ComplaintCount": {
        "id": SERIAL,
        "week": DAY,
        "place": _text(40),
        "region_path": _text(80),
        "store": _to(Store, null=True),
        "channel": _text(40),
        "n": (Integer, {"default": 0}),
    },
}

ONLY_ONE = {
    "BulletinReading": ("one_reading_per_edition", ["bulletin", "account", "edition"]),
    "ComplaintCount": ("one_count_per_channel", ["week", "place", "channel"]),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for class_name, tablename in TABLE_NAMES.items():
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
