"""The rows of imports by what they are about: a record says which import it came from."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-22T20:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Rows of imports by code"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_index)
    return manager


async def _index():
    await DB.run('CREATE INDEX "sheet_import_row_code" ON "sheet_import_row" ("code")')
