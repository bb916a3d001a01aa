"""Tokens other programs read with."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Column, ForeignKey, OnDelete, OnUpdate, Text, Timestamptz, Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-22T19:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Tokens other programs read with"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Region(Table, tablename="region"):
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


def _to(references: type[Table], *, index: bool, null: bool) -> dict[str, Any]:
    """A foreign key that lets nothing disappear that is referred to."""
    return {
        "references": references,
        "on_delete": OnDelete.restrict,
        "on_update": OnUpdate.restrict,
        "target_column": None,
        "default": None,
        "index": index,
        "null": null,
    }


COLUMNS: dict[str, tuple[type[Column], dict[str, Any]]] = {
    "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
    "token_hash": (Varchar, {"length": 64, "default": "", "unique": True}),
    "account": (ForeignKey, _to(Account, index=True, null=False)),
    "name": (Varchar, {"length": 120, "default": ""}),
    "prefix": (Varchar, {"length": 40, "default": ""}),
    "scopes": (Text, {"default": "[]"}),
    "region": (ForeignKey, _to(Region, index=False, null=True)),
    "created_at": (Timestamptz, {"default": None}),
    "expires_at": (Timestamptz, {"default": None}),
    "revoked_at": (Timestamptz, {"default": None, "null": True}),
    "last_used_at": (Timestamptz, {"default": None, "null": True}),
    "last_used_from": (Varchar, {"length": 64, "default": ""}),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_table(class_name="ApiToken", tablename="api_token", schema=None, columns=None)
    for name, (kind, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="ApiToken",
            tablename="api_token",
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=REPEATED | params,
            schema=None,
        )
    return manager
