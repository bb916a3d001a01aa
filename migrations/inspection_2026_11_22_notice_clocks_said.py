"""The clocks of the notices there are, and an index that tells them county by county."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-22T23:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The clocks of the notices there are"

SAY = """
UPDATE notice SET
    clock = CASE
        WHEN NOT EXISTS (
            SELECT 1 FROM notice_line l
            WHERE l.notice = notice.id AND l.state IN ('open', 'returned')
        ) THEN ''
        WHEN EXISTS (
            SELECT 1 FROM notice_line l
            WHERE l.notice = notice.id AND l.state IN ('open', 'returned')
            AND (l.carried_from IS NOT NULL OR l.id IN (SELECT line FROM line_pause))
        ) THEN 'stood'
        ELSE 'runs'
    END,
    first_due_at = coalesce((
        SELECT min(l.due_at) FROM notice_line l
        WHERE l.notice = notice.id AND l.state IN ('open', 'returned')
    ), first_due_at)
WHERE number IS NOT NULL
"""
COLUMNS = ("round", "store_kind", "region_path", "state", "clock", "first_due_at", "store")


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_say)
    return manager


async def _say():
    await DB.run(SAY)
    await DB.run('DROP INDEX "notice_round_store_kind_region_path_state_first_due_at"')
    quoted = '", "'.join(COLUMNS)
    await DB.run(f'CREATE INDEX "notice_by_county" ON "notice" ("{quoted}")')
