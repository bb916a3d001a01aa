"""Waiting until somebody waits, for tests in which two meet."""

import asyncio

from inspection.persistence.database import DB

PATIENCE = 10.0


async def until_somebody_waits() -> None:
    """Until a write waits for one that is not finished: SQLite's for its turn, PostgreSQL's for a
    lock. Fails when none comes to wait.
    """
    async with asyncio.timeout(PATIENCE):
        while not await _somebody_waits():  # noqa: ASYNC110 - a lock raises no event
            await asyncio.sleep(0.01)


async def _somebody_waits() -> bool:
    if DB.engine_type == "sqlite":
        return DB.engine.load["writes_waiting"] > 0
    return bool(await DB.run("SELECT 1 FROM pg_locks WHERE NOT granted"))
