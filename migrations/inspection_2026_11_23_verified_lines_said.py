"""The verified lines of the notices there are, an index that tells them region by region, and one
that tells the lines of an item.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-23T07:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The verified lines of the notices there are"

SAY = """
UPDATE notice SET
    verified = (
        SELECT count(*) FROM notice_line l
        WHERE l.notice = notice.id AND l.state = 'verified'
    ),
    verified_first = (
        SELECT count(*) FROM notice_line l
        WHERE l.notice = notice.id AND l.state = 'verified'
        AND (
            SELECT count(*) FROM rectification_reply r
            WHERE r.line = l.id AND r.attempt IS NOT NULL
        ) = 1
    )
WHERE EXISTS (
    SELECT 1 FROM notice_line l WHERE l.notice = notice.id AND l.state = 'verified'
)
"""
MADE = {
    "notice_by_region": (
        "notice",
        ("state", "region_path", "verified", "verified_first", "round", "store_kind"),
    ),
    "notice_line_by_item": ("notice_line", ("item", "state", "due_at", "notice")),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_say)
    return manager


async def _say():
    await DB.run(SAY)
    for name, (table, columns) in MADE.items():
        quoted = '", "'.join(columns)
        await DB.run(f'CREATE INDEX "{name}" ON "{table}" ("{quoted}")')
