"""Units, pseudonyms, invitations and second steps of people."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigInt,
    Column,
    Date,
    ForeignKey,
    OnDelete,
    OnUpdate,
    Timestamptz,
    Varchar,
)
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-22T05:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Units, pseudonyms, invitations and second steps"


class Region(Table, tablename="region"):
    id = Varchar(length=36, primary_key=True, default=None)


class Account(Table, tablename="account"):
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


def _id(length: int) -> Declared:
    return Varchar, {"length": length, "default": None, "primary_key": True}


MOMENT: Declared = (Timestamptz, {"default": None})
MAYBE_TIME: Declared = (Timestamptz, {"default": None, "null": True})
MAYBE_DAY: Declared = (Date, {"default": None, "null": True})

COLUMNS: dict[str, dict[str, Declared]] = {
    "AccountUnit": {
        "id": _id(36),
        "account": _to(Account, index=True),
        "region": _to(Region),
        "from_on": MAYBE_DAY,
        "to_on": MAYBE_DAY,
    },
    "Pseudonym": {
        "code": _id(40),
        "account": _to(Account, index=True),
        "given_at": MOMENT,
    },
    "Invitation": {
        "id": _id(36),
        "token_hash": _text(64, unique=True),
        "account": _to(Account, index=True),
        "invited_by": _to(Account, null=True),
        "created_at": MOMENT,
        "expires_at": MOMENT,
        "used_at": MAYBE_TIME,
        "revoked_at": MAYBE_TIME,
    },
    "SecondStep": {
        "id": _id(36),
        "account": _to(Account, unique=True),
        "sealed": _text(400),
        "created_at": MOMENT,
        "confirmed_at": MAYBE_TIME,
        "last_code": (BigInt, {"default": 0}),
    },
    "RecoveryCode": {
        "id": _id(36),
        "account": _to(Account, index=True),
        "code_hash": _text(64),
        "used_at": MAYBE_TIME,
    },
    "SignInStep": {
        "token_hash": _id(64),
        "account": _to(Account, index=True),
        "credential": _text(64),
        "created_at": MOMENT,
        "expires_at": MOMENT,
    },
}

NAMES = {
    "AccountUnit": "account_unit",
    "Pseudonym": "pseudonym",
    "Invitation": "invitation",
    "SecondStep": "second_step",
    "RecoveryCode": "recovery_code",
    "SignInStep": "sign_in_step",
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
