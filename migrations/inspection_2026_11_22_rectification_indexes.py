"""Indexes over several columns of what rectification keeps."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-22T08:55:06:550033"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of rectification"

INDEXES = (
    ("photo", ("print_sha256",)),
    ("notice_line", ("state", "due_at")),
    ("follow_up_call", ("state", "due_at")),
    ("line_extension", ("state", "asked_at")),
    ("solved_case", ("item", "solved_at")),
    ("solved_case", ("section", "solved_at")),
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
