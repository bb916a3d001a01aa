"""SQLite's engine groups commits, keeps their order and refuses when full."""

import asyncio
import sqlite3

from inspection.domain.refusals import StoreBusy
from inspection.persistence.engine import DB, tx
from inspection.persistence.engines.integrity import ReferenceBroken, UniqueBroken
from inspection.persistence.engines.sqlite_workers import SQLiteOptions
from inspection.persistence.engines.sqlite_writer import Writer
from tests.persistence.sqlite_writer import add, held_up, texts


def commits(monkeypatch):
    """Counts the transactions of the writer."""
    made = []
    together = Writer._together
    monkeypatch.setattr(
        Writer, "_together", lambda self, batch: made.append(len(batch)) or together(self, batch)
    )
    return made


async def test_waiting_statements_share_one_commit(writer, monkeypatch):
    made = commits(monkeypatch)
    await held_up(writer, *(add(f"t{number}") for number in range(100)))
    assert made == [64, 36]
    assert len(await texts()) == 100


async def test_a_failing_statement_of_a_group_fails_alone(writer, monkeypatch):
    made = commits(monkeypatch)
    results = await held_up(
        writer, add("a"), add("a"), add("b"), DB.run("INSERT INTO nowhere VALUES (1)")
    )
    assert made == [4]
    assert [type(each) for each in results] == [list, UniqueBroken, list, sqlite3.OperationalError]
    assert await texts() == ["a", "b"]


async def test_what_fails_at_the_commit_of_a_group_fails_alone_too(writer):
    await DB.run(
        "CREATE TABLE late (note INTEGER REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    results = await held_up(writer, add("a"), DB.run("INSERT INTO late VALUES (404)"), add("b"))
    assert [type(each) for each in results] == [list, ReferenceBroken, list]
    assert await texts() == ["a", "b"]


async def test_pragmas_and_schema_changes_are_never_grouped(writer, monkeypatch):
    made = commits(monkeypatch)
    await held_up(
        writer,
        add("a"),
        DB.run("PRAGMA foreign_keys=OFF"),
        add("b"),
        DB.run("CREATE TABLE other (id INTEGER)"),
        DB.run("VACUUM"),
        add("c"),
    )
    assert made == []
    assert await DB.run("PRAGMA foreign_keys") == [{"foreign_keys": 0}]
    assert await texts() == ["a", "b", "c"]


async def test_order_is_kept_between_statements_and_transactions(writer):
    async def both(first, second):
        async with tx():
            await add(first)
            await add(second)

    await held_up(writer, add("1"), both("2", "3"), add("4"), add("5"), both("6", "7"))
    assert await texts() == ["1", "2", "3", "4", "5", "6", "7"]


async def test_a_statement_nobody_waits_for_any_more_is_not_run(writer):
    async def give_up():
        async with asyncio.timeout(0.005):
            await add("never")

    results = await held_up(writer, give_up(), add("always"))
    assert isinstance(results[0], TimeoutError)
    assert await texts() == ["always"]


async def test_a_full_queue_refuses_instead_of_growing(writer, monkeypatch):
    monkeypatch.setattr(DB.engine, "options", SQLiteOptions(queue_limit=10))
    results = await held_up(writer, *(add(f"t{number}") for number in range(15)))
    assert sum(isinstance(each, StoreBusy) for each in results) == 5
    assert len(await texts()) == 10


async def test_refused_after_waiting_means_not_done(writer, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(DB.engine, "options", SQLiteOptions(wait_seconds=0.005))
        results = await held_up(writer, add("late"))
    assert isinstance(results[0], StoreBusy)
    assert await texts() == []


async def test_how_many_wait_can_be_read(writer):
    async def look():
        await asyncio.sleep(0.01)
        return DB.engine.load

    results = await held_up(writer, add("a"), add("b"), look())
    assert results[2] == {"writes_waiting": 2, "reads_waiting": 0}
