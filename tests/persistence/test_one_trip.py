"""A transaction in one trip keeps every promise of `tx()`, alone and in company."""

import asyncio
import sqlite3
from contextvars import Context

import pytest

from inspection.domain.refusals import StoreBusy
from inspection.persistence.database import DB
from inspection.persistence.engine import tx
from inspection.persistence.engines.integrity import TransactionMisuse, UniqueBroken
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.statements import run, run_many, write, write_many

ADD = "INSERT INTO notice_counter (key, last) VALUES (?, ?)"


async def keys():
    return [row["key"] for row in await run("SELECT key FROM notice_counter ORDER BY key")]


async def test_what_is_written_is_kept_and_the_outcome_handed_back(database):
    async def work():
        await write(ADD, "a", 1)
        await write_many(ADD, [("b", 2), ("c", 3)])
        await run_many(ADD, [("d", 4)])
        (row,) = await run("SELECT sum(last) AS total FROM notice_counter")
        return int(row["total"])

    assert await in_one_trip(work) == 10
    assert await keys() == ["a", "b", "c", "d"]


async def test_an_error_leaves_nothing(database):
    async def work():
        await write(ADD, "a", 1)
        raise KeyError

    with pytest.raises(KeyError):
        await in_one_trip(work)
    assert await keys() == []


async def test_a_broken_constraint_comes_in_our_words_and_leaves_nothing(database):
    async def work():
        await write(ADD, "a", 1)
        await run(ADD + " RETURNING key", "a", 2)

    with pytest.raises(UniqueBroken):
        await in_one_trip(work)
    assert await keys() == []


async def test_an_error_that_is_swallowed_does_not_commit(database):
    async def work():
        await run(ADD + " RETURNING key", "a", 1)
        try:
            await run(ADD + " RETURNING key", "a", 2)
        except UniqueBroken:
            return "swallowed"

    with pytest.raises(TransactionMisuse):
        await in_one_trip(work)
    assert await keys() == []


async def test_nothing_goes_on_after_an_error(database):
    async def work():
        try:
            await run_many(ADD, [("a", 1), ("a", 2)])
        except UniqueBroken:
            await run(ADD + " RETURNING key", "b", 1)

    with pytest.raises(TransactionMisuse):
        await in_one_trip(work)
    assert await keys() == []


async def test_of_many_at_once_the_one_that_fails_fails_alone(database):
    def adding(key):
        async def work():
            await run(ADD + " RETURNING key", key, 1)
            if key == "k07":
                raise ValueError(key)
            return key

        return work

    outcomes = await asyncio.gather(
        *(in_one_trip(adding(f"k{n:02}")) for n in range(20)), return_exceptions=True
    )
    failed = [outcome for outcome in outcomes if isinstance(outcome, ValueError)]
    assert [str(error) for error in failed] == ["k07"]
    assert len(await keys()) == 19


async def test_many_at_once_count_without_losing_one(database):
    await run("INSERT INTO notice_counter (key, last) VALUES ('n', 0)")

    async def work():
        (row,) = await run(
            "UPDATE notice_counter SET last = last + 1 WHERE key = 'n' RETURNING last"
        )
        return row["last"]

    drawn = await asyncio.gather(*(in_one_trip(work) for _ in range(30)))
    assert sorted(drawn) == list(range(1, 31))


async def test_it_is_flat(database):
    async def work():
        await run("SELECT 1 AS one")

    async def nested():
        await in_one_trip(work)

    async def with_tx():
        async with tx():
            await work()

    for inner in (nested, with_tx):
        with pytest.raises(TransactionMisuse):
            await in_one_trip(inner)
    async with tx():
        with pytest.raises(TransactionMisuse):
            await in_one_trip(work)


async def test_it_leaves_no_transaction_open_in_its_context(database):
    async def work():
        await write(ADD, "a", 1)

    await in_one_trip(work)
    assert not DB.transaction_exists()
    async with tx():
        await write(ADD, "b", 1)
    assert await keys() == ["a", "b"]


async def test_work_that_waits_for_something_else_is_refused(sqlite_database):
    class Never:
        def __await__(self):
            yield

    async def work():
        await write(ADD, "a", 1)
        await Never()

    with pytest.raises(TransactionMisuse, match="besides statements"):
        await in_one_trip(work)
    assert await keys() == []


async def test_a_task_that_gave_up_before_its_turn_changes_nothing(sqlite_database):
    async def work():
        await write(ADD, "a", 1)

    async with tx():
        await run("SELECT 1 AS one")
        waiting = asyncio.create_task(in_one_trip(work), context=Context())
        await asyncio.sleep(0.02)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert await keys() == []


async def test_a_shared_commit_that_fails_gives_everybody_a_turn_of_their_own(sqlite_database):
    await run("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
    await run("CREATE TABLE child (parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
    turns = []

    def adding(parent):
        async def work():
            turns.append(parent)
            await run("INSERT INTO child VALUES (?)", parent)

        return work

    await run("INSERT INTO parent VALUES (1)")
    outcomes = await asyncio.gather(
        *(in_one_trip(adding(parent)) for parent in (1, 9, 1, 1)), return_exceptions=True
    )
    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
    (row,) = await run("SELECT count(*) AS n FROM child")
    assert row["n"] == 3


async def test_a_lock_held_elsewhere_is_waited_for(sqlite_database):
    path = sqlite_database.removeprefix("sqlite:///")
    elsewhere = sqlite3.connect(path, isolation_level=None)
    elsewhere.execute("BEGIN IMMEDIATE")

    async def work():
        await write(ADD, "a", 1)

    trip = asyncio.create_task(in_one_trip(work))
    await asyncio.sleep(0.1)
    assert not trip.done()
    elsewhere.execute("COMMIT")
    elsewhere.close()
    await trip
    assert await keys() == ["a"]


async def test_a_lock_held_too_long_is_busy(sqlite_database, monkeypatch):
    DB.engine.options = type(DB.engine.options)(lock_seconds=0.1)
    elsewhere = sqlite3.connect(sqlite_database.removeprefix("sqlite:///"), isolation_level=None)

    async def work():
        await write(ADD, "a", 1)

    await run("SELECT 1 AS one")
    for worker in DB.engine._workers:
        worker.options = DB.engine.options
    elsewhere.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        await in_one_trip(work)
    elsewhere.close()
