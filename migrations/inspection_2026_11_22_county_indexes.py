"""Indexes by which a county of a round is counted again."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-22T12:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of counties in rounds"

INDEXES = (
    ("standing", ("round", "store_kind", "region_path", "rank_key", "previous_key")),
    ("notice", ("round", "store_kind", "region_path", "state", "first_due_at")),
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_create)
    return manager


async def _create():
    for table, columns in INDEXES:
        name = "_".join((table, *columns))
        quoted = '", "'.join(columns)
        await DB.run(f'CREATE INDEX "{name}" ON "{table}" ("{quoted}")')
