"""How many lines of a notice are verified, and how many at the first reply."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Integer
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-23T07:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Verified lines of a notice"

PARAMS: dict[str, Any] = {
    "default": 0,
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for column in ("verified", "verified_first"):
        manager.add_column(
            table_class_name="Notice",
            tablename="notice",
            column_name=column,
            db_column_name=column,
            column_class_name="Integer",
            column_class=Integer,
            params=PARAMS,
            schema=None,
        )
    return manager
