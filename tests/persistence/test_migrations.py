"""The schema in migrations/ is the schema in tables.py, on both engines."""

from inspection.persistence.tables import TABLES


async def test_every_table_can_be_read(database):
    for table in TABLES:
        assert await table.count() == 0
