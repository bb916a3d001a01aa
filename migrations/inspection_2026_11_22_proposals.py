"""Profiles of inspectors, and proposals of who goes where in a round."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
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
from piccolo.table import Table

ID = "2026-11-22T05:47:11:000000"
VERSION = "1.38.0"
DESCRIPTION = "Profiles of inspectors, and proposals for rounds"


class Region(Table, tablename="region"):
    id = Varchar(length=36, primary_key=True, default=None)


class Store(Table, tablename="store"):
    id = Varchar(length=36, primary_key=True, default=None)


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Round(Table, tablename="round"):
    id = Varchar(length=36, primary_key=True, default=None)


class RoundProposal(Table, tablename="round_proposal"):
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


def _number(default: int | None, **more: Any) -> Declared:
    return Integer, {"default": default} | more


def _id(length: int) -> Declared:
    return Varchar, {"length": length, "default": None, "primary_key": True}


MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})
MAYBE_DAY: Declared = (Date, {"default": None, "null": True})

COLUMNS: dict[str, dict[str, Declared]] = {
    "InspectorProfile": {
        "id": _id(36),
        "account": _to(Account, unique=True),
        "home": _to(Region, null=True),
        "per_round": _number(None, null=True),
        "per_day": _number(None, null=True),
    },
    "RoundProposal": {
        "id": _id(36),
        "round": _to(Round, index=True),
        "region_path": _text(80),
        "state": _text(40, default="planning"),
        "choice": (Text, {"default": "{}"}),
        "fault": _text(40),
        "revision": _number(1),
        "made_by": _to(Account),
        "made_at": MOMENT,
        "planned_at": MAYBE_TIME,
        "settled_at": MAYBE_TIME,
    },
    "ProposedVisit": {
        "id": _id(36),
        "proposal": _to(RoundProposal, index=True),
        "store": _to(Store),
        "inspector": _to(Account, null=True),
        "day": MAYBE_DAY,
        "by_hand": (Boolean, {"default": False}),
        "attention": _number(2),
        "warning": _text(40),
        "why": _text(40),
        "way_hm": _number(0),
        "last_inspector": _to(Account, null=True),
    },
}

NAMES = {
    "InspectorProfile": "inspector_profile",
    "RoundProposal": "round_proposal",
    "ProposedVisit": "proposed_visit",
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
    return manager
