"""An index by which drafts of rubrics that wait are counted on every page of whoever decides."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-22T10:24:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Drafts of rubrics by their state"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_create)
    return manager


async def _create():
    await DB.run(
        'CREATE INDEX "rubric_draft_state_changed_at" ON "rubric_draft" ("state", "changed_at")'
    )
