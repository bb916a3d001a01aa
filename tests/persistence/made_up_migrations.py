"""Migrations written for a test, and a look at what they left."""

from inspection.persistence.engine import DB, close_database, open_database


def write(folder, number, body, **manager):
    """A migration file whose raw step is `body`."""
    options = "".join(f", {key}={value}" for key, value in manager.items())
    steps = "\n".join(f"        {line}" for line in body.splitlines())
    name = f"made_up_{number}"
    text = (
        "from piccolo.apps.migrations.auto.migration_manager import MigrationManager\n"
        "from inspection.persistence.database import DB\n"
        f'ID = "2026-01-0{number}T00:00:00:000000"\n'
        "async def forwards():\n"
        "    async def run():\n"
        f"{steps}\n"
        f'    manager = MigrationManager(migration_id=ID, app_name="inspection"{options})\n'
        "    manager.add_raw(run)\n"
        "    return manager\n"
    )
    (folder / f"{name}.py").write_text(text)
    return name


async def look(url, sql):
    """What one statement says about a database that is not open."""
    await open_database(url, pool_min=0)
    try:
        return await DB.run(sql)
    finally:
        await close_database()
