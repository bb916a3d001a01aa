"""What a round comes to, county by county. The worker adds up what is there already."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Column, ForeignKey, OnDelete, OnUpdate, Text, Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Unique
from piccolo.table import Table

ID = "2026-11-22T12:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What a round comes to, county by county"


class Round(Table, tablename="round"):
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

OF_ROUND: dict[str, Any] = {
    "references": Round,
    "on_delete": OnDelete.restrict,
    "on_update": OnUpdate.restrict,
    "target_column": None,
    "default": None,
}

TALLY: dict[str, tuple[type[Column], dict[str, Any]]] = {
    "id": (BigSerial, {"primary_key": True}),
    "round": (ForeignKey, OF_ROUND),
    "store_kind": (Varchar, {"length": 40, "default": ""}),
    "ownership": (Varchar, {"length": 40, "default": ""}),
    "region_path": (Varchar, {"length": 80, "default": ""}),
    "body": (Text, {"default": "[]"}),
}

STANDING: dict[str, tuple[type[Column], dict[str, Any]]] = {
    "ownership": (Varchar, {"length": 40, "default": "own"}),
    "part": (Text, {"default": ""}),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_table(class_name="RoundTally", tablename="round_tally", schema=None, columns=None)
    for table, name, columns in (
        ("RoundTally", "round_tally", TALLY),
        ("Standing", "standing", STANDING),
    ):
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
    manager.add_constraint(
        table_class_name="RoundTally",
        tablename="round_tally",
        constraint_name="one_row_per_county",
        constraint_class=Unique,
        params={
            "columns": ["round", "store_kind", "ownership", "region_path"],
            "nulls_distinct": True,
        },
        schema=None,
    )
    return manager
