"""A transaction gives back what it took, whatever goes wrong and whenever."""

import asyncio
import gc
import random
import sqlite3

import pytest

from inspection.domain.refusals import StoreBusy
from inspection.persistence.engine import DB, read_tx, tx
from inspection.persistence.engines.integrity import ReferenceBroken, TransactionMisuse
from inspection.persistence.engines.postgres_engine import PostgresOptions
from inspection.persistence.engines.sqlite_workers import SQLiteOptions
from tests.persistence.leaks import database_threads, nothing_leaked


@pytest.fixture
async def threads(database):
    """A table with one row, one whose references are checked at COMMIT; and today's threads."""
    await DB.run("CREATE TABLE spot (id INTEGER PRIMARY KEY, n INTEGER)")
    await DB.run("INSERT INTO spot VALUES (1, 0)")
    await DB.run(
        "CREATE TABLE pointer (spot INTEGER REFERENCES spot (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    return database_threads()


async def value():
    (row,) = await DB.run("SELECT n FROM spot")
    return row["n"]


async def test_a_failed_commit_leaves_nothing_behind(threads):
    async def point_at_nothing():
        async with tx():
            await DB.run("UPDATE spot SET n = 50")
            await DB.run("INSERT INTO pointer VALUES (404)")

    for _ in range(20):
        with pytest.raises(ReferenceBroken):
            await point_at_nothing()
    assert await value() == 0
    await nothing_leaked(threads)


async def test_a_failed_begin_leaves_nothing_behind_on_sqlite(sqlite_database, monkeypatch):
    await DB.run("CREATE TABLE spot (id INTEGER PRIMARY KEY, n INTEGER)")
    threads = database_threads()
    for worker in DB.engine._workers:
        monkeypatch.setattr(worker, "options", SQLiteOptions(lock_seconds=0.005))
    foreign = sqlite3.connect(sqlite_database.removeprefix("sqlite:///"), isolation_level=None)
    foreign.execute("BEGIN EXCLUSIVE")
    for _ in range(50):
        with pytest.raises(StoreBusy):
            async with tx():
                pytest.fail("must not get here")
    foreign.execute("ROLLBACK")
    foreign.close()
    await nothing_leaked(threads)


async def test_a_failed_begin_leaves_nothing_behind_on_postgresql(
    postgres_database, postgres_server
):
    await DB.run("CREATE TABLE spot (id INTEGER PRIMARY KEY, n INTEGER)")
    name = postgres_database.split("/")[3].split("?")[0]
    failures = 0
    for _ in range(50):
        await DB.run("SELECT 1")
        # Without giving the loop a chance to notice: the pool lends a dead connection.
        postgres_server.admin(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
        )
        try:
            async with tx():
                await DB.run("UPDATE spot SET n = 1")
        except StoreBusy:
            failures += 1
    assert failures > 0
    await nothing_leaked(database_threads())


async def test_a_task_cancelled_at_any_moment_leaves_nothing_behind(threads):
    async def write():
        async with tx():
            await DB.run("UPDATE spot SET n = n + 1")
            await DB.run("SELECT n FROM spot")
            await DB.run("UPDATE spot SET n = n - 1")

    async def read():
        async with read_tx():
            await DB.run("SELECT n FROM spot")
            await DB.run("SELECT n FROM spot")

    async def alone():
        await DB.run("SELECT n FROM spot")
        await DB.run("UPDATE spot SET n = n")

    for work in (write, read, alone):
        for steps in range(40):
            await cancelled_after(work(), steps, pause=0)
        for _ in range(40):
            await cancelled_after(work(), steps=1, pause=random.uniform(0, 0.003))
    assert await value() == 0
    await nothing_leaked(threads)


async def cancelled_after(work, steps, pause):
    task = asyncio.create_task(work)
    for _ in range(steps):
        await asyncio.sleep(0)
    if pause:
        await asyncio.sleep(pause)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_crowd_cancelled_while_it_waits_leaves_nothing_behind(threads):
    async def write():
        async with tx():
            await DB.run("UPDATE spot SET n = n + 1")
            await asyncio.sleep(0.01)
            await DB.run("UPDATE spot SET n = n - 1")

    for _ in range(5):
        crowd = [asyncio.create_task(write()) for _ in range(30)]
        await asyncio.sleep(random.uniform(0, 0.05))
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
    assert await value() == 0
    await nothing_leaked(threads)


async def test_a_timeout_inside_a_transaction_leaves_nothing_behind(threads):
    async def dawdle():
        async with tx(), asyncio.timeout(0.005):
            await DB.run("UPDATE spot SET n = 7")
            await asyncio.sleep(1)

    for _ in range(10):
        with pytest.raises(TimeoutError):
            await dawdle()
    assert await value() == 0
    await nothing_leaked(threads)


async def test_a_timeout_in_the_middle_of_a_statement_leaves_nothing_behind(threads):
    slow = (
        "WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 300000)"
        " SELECT count(*) FROM up"
    )

    async def count_too_far():
        async with tx(), asyncio.timeout(0.01):
            await DB.run("UPDATE spot SET n = 7")
            await DB.run(slow)

    with pytest.raises(TimeoutError):
        await count_too_far()
    assert await value() == 0
    await nothing_leaked(threads)


async def test_waiting_in_vain_for_a_turn_leaves_nothing_behind(threads, monkeypatch):
    full, done = asyncio.Event(), asyncio.Event()
    holding = 0

    async def hold():
        nonlocal holding
        async with tx():
            holding += 1
            if holding == HOLDERS[DB.engine_type]:
                full.set()
            await DB.run("UPDATE spot SET n = n + 1")
            await done.wait()

    async def knock():
        with pytest.raises(StoreBusy):
            async with tx():
                pytest.fail("must not get a turn")

    holders = [asyncio.create_task(hold()) for _ in range(HOLDERS[DB.engine_type])]
    await full.wait()
    # Only now: on a busy machine those who hold may need longer themselves.
    monkeypatch.setattr(DB.engine, "options", IMPATIENT[DB.engine_type])
    await asyncio.gather(*(knock() for _ in range(20)))
    done.set()
    await asyncio.gather(*holders)
    monkeypatch.undo()
    await nothing_leaked(threads)


IMPATIENT = {
    "sqlite": SQLiteOptions(wait_seconds=0.1),
    "postgres": PostgresOptions(wait_seconds=0.1),
}
HOLDERS = {"sqlite": 1, "postgres": 5}


async def test_an_owner_that_falls_asleep_is_rolled_back(threads, monkeypatch):
    if DB.engine_type == "sqlite":
        for worker in DB.engine._workers:
            monkeypatch.setattr(worker, "options", SQLiteOptions(idle_seconds=0.1))

    async def doze():
        async with tx():
            if DB.engine_type == "postgres":
                await DB.run("SET LOCAL idle_in_transaction_session_timeout = 100")
            await DB.run("UPDATE spot SET n = 7")
            await asyncio.sleep(0.5)
            await DB.run("UPDATE spot SET n = 8")

    with pytest.raises((TransactionMisuse, StoreBusy)):
        await doze()
    assert await value() == 0
    await nothing_leaked(threads)


async def test_an_abandoned_generator_leaves_the_context_clean(threads):
    async def numbers():
        async with tx():
            await DB.run("UPDATE spot SET n = 7")
            yield 1
            yield 2

    async for _ in numbers():
        break
    gc.collect()
    await asyncio.sleep(0.05)
    assert await value() == 0
    async with tx():
        await DB.run("UPDATE spot SET n = 3")
    assert await value() == 3
