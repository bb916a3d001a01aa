"""An index by which an inspector's visits around one moment are found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey

from inspection.persistence.database import DB

ID = "2026-11-22T13:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Index of an inspector's visits by time"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.alter_column(
        table_class_name="Visit",
        tablename="visit",
        column_name="inspector",
        db_column_name="inspector",
        params={"index": False},
        old_params={"index": True},
        column_class=ForeignKey,
        old_column_class=ForeignKey,
        schema=None,
    )
    manager.add_raw(_create)
    return manager


async def _create():
    await DB.run('CREATE INDEX "visit_inspector_started_at" ON "visit" ("inspector", "started_at")')
