"""Which characters of a notice no bundled face can print."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-23T14:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Characters of a notice that print as boxes"

PARAMS: dict[str, Any] = {
    "default": "",
    "length": 240,
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
    manager.add_column(
        table_class_name="Notice",
        tablename="notice",
        column_name="unprinted",
        db_column_name="unprinted",
        column_class_name="Varchar",
        column_class=Varchar,
        params=PARAMS,
        schema=None,
    )
    return manager
