"""What only SQLite's engine does: it keeps the log short and survives bad days."""

import asyncio
import logging
import shutil
import sqlite3
from pathlib import Path

import pytest

from inspection.domain.refusals import DiskFull
from inspection.persistence.engine import DB, close_database, open_database, tx
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.engines.sqlite_connection import connect
from inspection.persistence.engines.sqlite_workers import SQLiteOptions
from inspection.persistence.engines.sqlite_writer import Writer
from tests.persistence.sqlite_writer import add, held_up, texts


async def test_a_value_that_cannot_be_read_does_not_freeze_its_reader(notes):
    await DB.run("CREATE TABLE odd (n INTEGER)")
    await DB.run("INSERT INTO odd VALUES (1)")
    await DB.run("UPDATE odd SET n = 'not a number'")
    for _ in range(6):
        with pytest.raises(ValueError, match="not a number"):
            await DB.run("SELECT n FROM odd")
    await add("new")
    for _ in range(6):
        assert await texts() == ["new"]


async def test_a_with_clause_may_write(notes):
    await DB.run(
        "WITH given (t) AS (VALUES ('a'), ('b')) INSERT INTO note (text) SELECT t FROM given"
    )
    assert await texts() == ["a", "b"]


async def test_a_full_disk_is_a_refusal_and_passes(writer):
    (row,) = await DB.run("PRAGMA page_count")
    await DB.run(f"PRAGMA max_page_count={row['page_count']}")
    big = "x" * 100_000
    with pytest.raises(DiskFull):
        await add(big)
    results = await held_up(writer, add(big + "1"), add(big + "2"))
    assert {type(each) for each in results} == {DiskFull}
    await DB.run("PRAGMA max_page_count=1000000")
    await add(big)
    assert await texts() == [big]


async def test_the_log_is_folded_in_before_it_grows_long(notes, monkeypatch):
    for worker in DB.engine._workers:
        monkeypatch.setattr(worker, "options", SQLiteOptions(checkpoint_commits=20))
    log = notes.with_name(notes.name + "-wal")
    sizes = set()
    for number in range(200):
        await add(f"{number}" + "x" * 3000)
        sizes.add(log.stat().st_size)
    assert max(sizes) < 40 * 5 * 4200
    assert len(await texts()) == 200


async def test_the_planner_knows_the_tables_after_much_was_written(notes):
    rows = [(f"t{number}",) for number in range(2000)]
    await DB.run_many("INSERT INTO note (text) VALUES (?)", rows)
    await close_database()
    closed = sqlite3.connect(notes)
    known = closed.execute("SELECT tbl FROM sqlite_stat1 WHERE tbl = 'note'").fetchall()
    closed.close()
    assert known == [("note",)]


async def test_readers_know_the_tables_while_much_is_written(notes):
    await DB.run("CREATE TABLE pair (same TEXT, own TEXT)")
    await DB.run("CREATE INDEX by_own ON pair (own)")
    await DB.run("CREATE INDEX by_same ON pair (same)")
    other = sqlite3.connect(notes)

    def plan(number):
        # A query of its own each time: an old one is not planned anew for being explained.
        other.execute("SELECT count(*) FROM pair").fetchall()
        asked = f"SELECT {number} FROM pair WHERE same = 'a' AND own = '000001'"
        return other.execute(f"EXPLAIN QUERY PLAN {asked}").fetchall()[0][3]

    assert "by_same" in plan(1)
    rows = [("a", f"{number:06}") for number in range(20_000)]
    await DB.run_many("INSERT INTO pair (same, own) VALUES (?, ?)", rows)
    # The writer takes this up only once it has looked at the tables.
    await add("afterwards")
    assert "by_own" in plan(2)
    left = other.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'statistics%'")
    assert left.fetchall() == [(0,)]
    other.close()


async def test_statistics_nobody_could_refresh_stop_nothing(notes, monkeypatch, caplog):
    def refuse(_):
        msg = "disk I/O error"
        raise sqlite3.OperationalError(msg)

    caplog.set_level(logging.INFO)
    monkeypatch.setattr("inspection.persistence.engines.sqlite_writer.STALE_ROWS", 1)
    monkeypatch.setattr(Writer, "_tell_readers", refuse)
    await add("one")
    await add("two")
    assert await texts() == ["one", "two"]
    assert "statistics not refreshed: disk I/O error" in caplog.text


async def test_fifty_writers_with_a_reader_wait_their_turn(sqlite_template, tmp_path):
    path = tmp_path / "crowded.db"
    shutil.copyfile(sqlite_template, path)
    await open_database(f"sqlite:///{path}")
    await DB.run("CREATE TABLE tally (writer INTEGER)")
    done, went_ahead = [], []

    async def write(number):
        for _ in range(10):
            before = len(done)
            async with tx():
                await DB.run("INSERT INTO tally VALUES (?)", (number,))
                await DB.run("SELECT count(*) FROM tally")
            went_ahead.append(len(done) - before)
            done.append(number)

    await asyncio.gather(*(write(number) for number in range(50)))
    assert await DB.run("SELECT count(*) AS n FROM tally") == [{"n": 500}]
    await close_database()
    # Nobody's turn comes after the second turn of everybody else.
    assert max(went_ahead) <= 2 * 50


async def test_closing_leaves_one_file_that_can_be_copied(notes, tmp_path):
    await add("kept")
    await close_database()
    assert [each.name for each in notes.parent.iterdir()] == [notes.name]
    copy = sqlite3.connect(notes)
    assert copy.execute("SELECT text FROM note").fetchall() == [("kept",)]
    copy.close()


async def test_slow_statements_are_logged_without_their_values(notes, monkeypatch, caplog):
    for worker in DB.engine._workers:
        monkeypatch.setattr(worker, "options", SQLiteOptions(slow_seconds=0))
    with caplog.at_level(logging.WARNING):
        await add("secret")
    assert "slow statement" in caplog.text
    assert "INSERT INTO note (text) VALUES (?)" in caplog.text
    assert "secret" not in caplog.text


async def test_a_broken_connection_is_replaced(writer, monkeypatch, caplog):
    monkeypatch.setattr(writer, "serve", broken_once(writer))
    with pytest.raises(sqlite3.DatabaseError, match="I/O"):
        await add("lost")
    await add("next")
    assert await texts() == ["next"]
    assert "not to be trusted" in caplog.text


async def test_a_connection_stuck_in_a_transaction_is_replaced(writer, monkeypatch, caplog):
    monkeypatch.setattr(Writer, "_together", stuck)
    results = await held_up(writer, add("a"), add("b"))
    assert {type(each) for each in results} == {sqlite3.OperationalError}
    monkeypatch.undo()
    await add("c")
    assert await texts() == ["c"]
    assert "stuck" in caplog.text


def stuck(writer, batch):
    writer.execute("BEGIN IMMEDIATE")
    raise sqlite3.OperationalError("disk I/O error")  # noqa: TRY003, EM101  as SQLite words it


async def test_a_file_out_of_reach_for_a_while_is_opened_again(writer, notes, monkeypatch):
    connect = writer._connect
    tries = []

    def fail_twice():
        tries.append(1)
        if len(tries) < 3:
            raise BROKEN
        return connect()

    monkeypatch.setattr(writer, "_connect", fail_twice)
    monkeypatch.setattr(writer, "serve", broken_once(writer))
    with pytest.raises(sqlite3.DatabaseError, match="I/O"):
        await add("lost")
    await add("next")
    assert await texts() == ["next"]
    assert len(tries) == 3


BROKEN = sqlite3.DatabaseError("disk I/O error")


def broken_once(writer):
    serve = writer.serve

    def fail(item):
        writer.serve = serve
        raise BROKEN

    return fail


async def test_the_folder_of_a_new_database_is_made(tmp_path):
    path = tmp_path / "deep" / "down" / "new.db"
    await open_database(f"sqlite:///{path}")
    await close_database()
    assert path.exists()


async def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path):
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, this is not a database at all. " * 50)
    with pytest.raises(DatabaseFault, match=r"letter\.db"):
        await open_database(f"sqlite:///{path}")
    await close_database()


def test_a_place_where_the_log_cannot_work_is_refused():
    with pytest.raises(DatabaseFault, match="local disk"):
        connect(Path(":memory:"), synchronous="FULL", readonly=False)
