"""One index from which the assignments of a round are counted by store and by inspector, however
many rounds these have been in.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB

ID = "2026-11-23T06:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Assignments of a round store by store"

REPLACED = "assignment_round_rubric_version_store_state"
MADE = "assignment_by_store"
COLUMNS = ("round", "store", "state", "rubric_version", "inspector")


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_replace)
    return manager


async def _replace():
    await DB.run(f'DROP INDEX "{REPLACED}"')
    quoted = '", "'.join(COLUMNS)
    await DB.run(f'CREATE INDEX "{MADE}" ON "assignment" ("{quoted}")')
