"""Indexes that have the lines of notices in the orders of their list, to the last place of each."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-23T08:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Lines of notices in the orders of their list"

GONE = ("notice_line_due_at", "notice_line_by_state", "notice_line_by_item")
MADE = {
    "notice_line_by_deadline": ("notice_line", ("due_at", "id", "notice")),
    "notice_line_by_state": ("notice_line", ("state", "due_at", "id", "notice")),
    "notice_line_by_item": ("notice_line", ("item", "state", "due_at", "id", "notice")),
    "notice_line_in_items": ("notice_line", ("state", "item", "id", "notice")),
    "notice_line_by_lost": ("notice_line", ("state", "lost", "id", "notice")),
    "store_by_name": ("store", ("name", "id")),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_change)
    return manager


async def _change():
    for name in GONE:
        await DB.run(f'DROP INDEX "{name}"')
    for name, (table, columns) in MADE.items():
        quoted = '", "'.join(columns)
        await DB.run(f'CREATE INDEX "{name}" ON "{table}" ("{quoted}")')
