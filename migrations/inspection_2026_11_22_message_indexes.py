"""Indexes of messages over several columns, once their tables are there."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-22T09:05:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of messages"

INDEXES = {
    "inbox_message": ("account, read_at, at_ms",),
    "delivery": ("state, created_at", "account, channel, state, due_at"),
    "notice_line": ("due_at",),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_index)
    return manager


async def _index():
    for table, all_columns in INDEXES.items():
        for columns in all_columns:
            name = "_".join((table, *columns.split(", ")))
            quoted = columns.replace(", ", '", "')
            await DB.run(f'CREATE INDEX "{name}" ON "{table}" ("{quoted}")')
