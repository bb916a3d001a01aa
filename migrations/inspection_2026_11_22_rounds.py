"""What a round says of itself once it is made on the screen, who decided about it, and the
schedules that make the next one. Generated from the tables, then folded.
"""

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

ID = "2026-11-22T05:29:24:891375"
VERSION = "1.38.0"
DESCRIPTION = "Rounds on the screen"


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Round(Table, tablename="round"):
    id = Varchar(length=36, primary_key=True, default=None)


class RoundSchedule(Table, tablename="round_schedule"):
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


def _to(references: type[Table] | str, **more: Any) -> Declared:
    """A foreign key that lets nothing disappear that is referred to."""
    params = {"references": references, "on_delete": OnDelete.restrict, "target_column": None}
    return ForeignKey, params | {"on_update": OnUpdate.restrict} | more


NEW_TABLES = {"RoundSchedule": "round_schedule", "RoundDecision": "round_decision"}
TABLE_NAMES = {**NEW_TABLES, "Round": "round", "Assignment": "assignment"}

COLUMNS: dict[str, dict[str, Declared]] = {
    "RoundSchedule": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "code": (Varchar, {"length": 40, "default": "", "unique": True}),
        "name_zh": (Varchar, {"length": 120, "default": ""}),
        "name_en": (Varchar, {"length": 120, "default": ""}),
        "theme_zh": (Varchar, {"length": 120, "default": ""}),
        "theme_en": (Varchar, {"length": 120, "default": ""}),
        "visit_kind": (Varchar, {"length": 40, "default": "mystery_visit"}),
        "region_path": (Varchar, {"length": 80, "default": ""}),
        "store_kinds": (Text, {"default": ""}),
        "min_visits": (Integer, {"default": 1}),
        "pass_line": (Integer, {"default": None, "null": True}),
        "pilot": (Boolean, {"default": False}),
        "disclose_day": (Boolean, {"default": False}),
        "recurrence": (Varchar, {"length": 40, "default": "monthly"}),
        "every": (Integer, {"default": 1}),
        "starts_on": (Date, {"default": None}),
        "days": (Integer, {"default": 28}),
        "ahead": (Integer, {"default": 14}),
        "paused": (Boolean, {"default": False}),
        "made_on": (Date, {"default": None, "null": True}),
        "revision": (Integer, {"default": 1}),
        "edited_by": _to(Account),
        "edited_at": (Timestamptz, {"default": None}),
    },
    "Round": {
        "theme_zh": (Varchar, {"length": 120, "default": ""}),
        "theme_en": (Varchar, {"length": 120, "default": ""}),
        "pass_line": (Integer, {"default": None, "null": True}),
        "pilot": (Boolean, {"default": False}),
        "region_path": (Varchar, {"length": 80, "default": ""}),
        "authors": (Text, {"default": "[]"}),
        "revision": (Integer, {"default": 1}),
        "schedule": _to(RoundSchedule, null=True),
    },
    "RoundDecision": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "round": _to(Round, index=True),
        "decision": (Varchar, {"length": 40, "default": ""}),
        "reason": (Text, {"default": ""}),
        "decided_by": _to(Account),
        "decided_at": (Timestamptz, {"default": None}),
    },
    "Assignment": {
        "cancelled_why": (Text, {"default": ""}),
        "replaces": _to("self", null=True),
    },
}


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
    return manager
