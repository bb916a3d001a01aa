"""Indexes from which notices, their lines and drafts of rubrics are counted and searched without
reading the rows themselves, which carry whole documents.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey

from inspection.persistence.database import DB

ID = "2026-11-22T15:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes lists are counted from"

REPLACED = (
    "notice_line_state_due_at",
    "rubric_draft_state_changed_at",
    "notice_round_state_store_kind_first_due_at_region_path",
)
MADE = {
    "notice_by_id": ("notice", "id, state, region_path, round, store, visit, number"),
    "notice_by_round": (
        "notice",
        "round, state, store_kind, first_due_at, region_path, store, number, issued_at,"
        " drafted_at, id",
    ),
    "notice_line_by_notice": ("notice_line", "notice, state, due_at, id"),
    "notice_line_by_state": ("notice_line", "state, due_at, notice, id"),
    "rubric_draft_by_state": ("rubric_draft", "state, changed_at, id"),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.alter_column(
        table_class_name="NoticeLine",
        tablename="notice_line",
        column_name="notice",
        db_column_name="notice",
        params={"index": False},
        old_params={"index": True},
        column_class=ForeignKey,
        old_column_class=ForeignKey,
        schema=None,
    )
    manager.add_raw(_replace)
    return manager


async def _replace():
    for name in REPLACED:
        await DB.run(f'DROP INDEX "{name}"')
    for name, (table, columns) in MADE.items():
        quoted = columns.replace(", ", '", "')
        await DB.run(f'CREATE INDEX "{name}" ON "{table}" ("{quoted}")')
