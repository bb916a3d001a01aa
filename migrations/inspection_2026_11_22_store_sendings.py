"""What store staff's phones send, with the receipts."""

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
from piccolo.table import Table

ID = "2026-11-22T09:12:41:708213"
VERSION = "1.38.0"
DESCRIPTION = "What store staff's phones send"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Notice(Table, tablename="notice"):
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


def _to(references: type[Table], *, index: bool) -> dict[str, Any]:
    """A foreign key that lets nothing disappear that is referred to."""
    return {
        "references": references,
        "on_delete": OnDelete.restrict,
        "on_update": OnUpdate.restrict,
        "target_column": None,
        "default": None,
        "index": index,
    }


COLUMNS: dict[str, tuple[type[Column], dict[str, Any]]] = {
    "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
    "kind": (Varchar, {"length": 40, "default": ""}),
    "notice": (ForeignKey, _to(Notice, index=True)),
    "line": (Integer, {"default": 0}),
    "account": (ForeignKey, _to(Account, index=False)),
    "content_hash": (Varchar, {"length": 64, "default": ""}),
    "body": (Text, {"default": ""}),
    "receipt": (Text, {"default": ""}),
    "received_at": (Timestamptz, {"default": None}),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_table(
        class_name="StoreSending", tablename="store_sending", schema=None, columns=None
    )
    for name, (kind, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="StoreSending",
            tablename="store_sending",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=REPEATED | params,
            schema=None,
        )
    return manager
