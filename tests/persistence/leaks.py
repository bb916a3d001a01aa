"""What must be true again after every fault: threads, connections, locks and context as before."""

import asyncio
import threading

from inspection.persistence.engine import DB, tx
from inspection.persistence.engines.transactions import CURRENT


def database_threads():
    """How many database threads live."""
    return sum(thread.name.startswith("sqlite-") for thread in threading.enumerate())


async def nothing_leaked(threads):
    """The next write goes through, nothing waits, nothing is lent, nothing is open."""
    assert CURRENT.get() is None
    # What hangs, hangs for good; what is only slow on a busy machine is no leak.
    async with asyncio.timeout(10):
        async with tx():
            await DB.run("UPDATE spot SET n = n + 1")
        await DB.run("SELECT n FROM spot")
    assert database_threads() == threads
    for _ in range(100):
        if not any(DB.engine.load.values()):
            break
        await asyncio.sleep(0.01)
    assert not any(DB.engine.load.values()), DB.engine.load
