"""What inspectors took off, kept beside the tallies of counties. The worker counts the old ones."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Text
from piccolo.columns.indexes import IndexMethod

from inspection.persistence.database import DB

ID = "2026-11-22T19:35:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "What inspectors took off, county by county"

# What they are for is said in `tables/indexes.py`.
MADE = {
    "standing_by_county": (
        "standing",
        "round, region_path, store_kind, ownership, store, score, visits, rank_key, previous_key",
    ),
    "store_by_kind": ("store", "kind, region_path, id, ownership"),
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_column(
        table_class_name="RoundTally",
        tablename="round_tally",
        column_name="judged",
        db_column_name="judged",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.add_raw(_create)
    return manager


async def _create():
    await DB.run('DROP INDEX "store_kind_region_path_id"')
    for name, (table, columns) in MADE.items():
        quoted = columns.replace(", ", '", "')
        await DB.run(f'CREATE INDEX "{name}" ON "{table}" ("{quoted}")')
