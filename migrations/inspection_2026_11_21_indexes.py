"""Indexes over several columns, which Piccolo cannot declare on a table."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-21T20:06:28:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes over several columns"

INDEXES = {
    "store": ("kind, region_path, id",),
    "visit": ("state, received_at", "round, store"),
    "assignment": (
        "inspector, state",
        "round, state, store",
        "round, rubric_version, store, state",
    ),
    "standing": (
        "round, store_kind, rank_key, tie_key, store_code",
        "round, store_kind, branch_path, rank_key",
        "round, store_kind, previous_key, rank_key",
    ),
    "visit_answer": ("visit, lost, item",),
    "job": ("state, run_after",),
    "notice": ("store, state", "round, state, store_kind, first_due_at, region_path"),
    "audit_event": ("noun, noun_id", "actor, seq", "action, seq", "at"),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_create)
    return manager


async def _create():
    for table, all_columns in INDEXES.items():
        for columns in all_columns:
            name = "_".join((table, *columns.split(", ")))
            quoted = columns.replace(", ", '", "')
            await DB.run(f'CREATE INDEX "{name}" ON "{table}" ("{quoted}")')
