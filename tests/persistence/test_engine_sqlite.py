"""What only SQLite's engine does: it groups commits, keeps the log short, survives bad days."""

import asyncio
import logging
import os
import queue
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from inspection.domain.refusals import DiskFull, StoreBusy
from inspection.persistence.engine import DB, close_database, open_database, tx
from inspection.persistence.engines.integrity import (
    DatabaseFault,
    ReferenceBroken,
    TransactionMisuse,
    UniqueBroken,
)
from inspection.persistence.engines.sqlite_connection import connect
from inspection.persistence.engines.sqlite_engine import SQLiteEngine
from inspection.persistence.engines.sqlite_requests import Request
from inspection.persistence.engines.sqlite_workers import SQLiteOptions
from inspection.persistence.engines.sqlite_writer import Writer


@pytest.fixture
async def notes(sqlite_database):
    """An open database with an empty table `note`."""
    await DB.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")
    return Path(sqlite_database.removeprefix("sqlite:///"))


@pytest.fixture
def writer(notes):
    """The writer thread of the open database."""
    return DB.engine._workers[0]


async def texts():
    return [row["text"] for row in await DB.run("SELECT text FROM note ORDER BY id")]


def add(text):
    return DB.run("INSERT INTO note (text) VALUES (?)", (text,))


async def held_up(writer, *work):
    """Let work queue up behind a writer that is busy, then let it go."""
    DB.engine._writes.put(pause := Pause())
    await asyncio.to_thread(pause.began.wait)
    tasks = [asyncio.ensure_future(each) for each in work]
    # All of them have begun to wait before our own waiting begins.
    await asyncio.sleep(0)
    await asyncio.sleep(0.02)
    pause.go.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


class Pause(Request):
    """Something that keeps the writer busy until told otherwise."""

    __slots__ = ("began", "go")

    def __init__(self):
        super().__init__("PRAGMA user_version")
        self.began, self.go = threading.Event(), threading.Event()

    def run(self, connection):
        self.began.set()
        self.go.wait(10)
        super().run(connection)


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


async def test_two_engines_in_two_processes_count_together(sqlite_url):
    await open_database(sqlite_url)
    await DB.run("CREATE TABLE tally (n INTEGER)")
    await DB.run("INSERT INTO tally VALUES (0)")
    await close_database()
    script = (
        "import asyncio, sys\n"
        "from inspection.persistence.engine import *\n"
        "async def add():\n"
        "    for _ in range(20):\n"
        "        async with tx():\n"
        "            rows = await DB.run('SELECT n FROM tally')\n"
        "            await DB.run('UPDATE tally SET n = ?', (rows[0]['n'] + 1,))\n"
        "async def main():\n"
        "    await open_database(sys.argv[1])\n"
        "    await asyncio.gather(*(add() for _ in range(10)))\n"
        "    await close_database()\n"
        "asyncio.run(main())\n"
    )
    crowd = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, sqlite_url)
        for _ in range(3)
    ]
    assert [await process.wait() for process in crowd] == [0, 0, 0]
    await open_database(sqlite_url)
    assert await DB.run("SELECT n FROM tally") == [{"n": 600}]
    assert await DB.run("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    await close_database()


def test_killed_at_any_moment_it_has_every_acknowledged_row(sqlite_template, tmp_path):
    path = tmp_path / "killed.db"
    path.write_bytes(sqlite_template.read_bytes())
    script = (
        "import asyncio, itertools, sys\n"
        "from inspection.persistence.engine import *\n"
        "numbers = itertools.count(int(sys.argv[2]))\n"
        "async def write():\n"
        "    for number in numbers:\n"
        "        async with tx():\n"
        "            await DB.run('INSERT INTO ledger VALUES (?, 1)', (number,))\n"
        "            await DB.run('INSERT INTO ledger VALUES (?, 2)', (number,))\n"
        "        print(number, flush=True)\n"
        "async def main():\n"
        "    await open_database(f'sqlite:///{sys.argv[1]}')\n"
        "    await DB.run('CREATE TABLE IF NOT EXISTS ledger (n INTEGER, half INTEGER)')\n"
        "    await asyncio.gather(*(write() for _ in range(8)))\n"
        "asyncio.run(main())\n"
    )
    acknowledged = set()
    for run in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(path), str(run * 1_000_000)], stdout=subprocess.PIPE
        )
        lines = [process.stdout.readline() for _ in range(21 + run)]
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout.read().splitlines(keepends=True)
        process.wait()
        process.stdout.close()
        acknowledged.update(int(line) for line in lines if line.endswith(b"\n"))
    survivors = sqlite3.connect(path)
    halves = survivors.execute("SELECT n, count(*) FROM ledger GROUP BY n").fetchall()
    assert survivors.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    survivors.close()
    assert len(acknowledged) > 20
    assert acknowledged - {number for number, _ in halves} == set()
    assert {count for _, count in halves} == {2}


def test_a_closed_engine_answers_whoever_still_waits(sqlite_url):
    async def main():
        engine = SQLiteEngine(Path(sqlite_url.removeprefix("sqlite:///")))
        await engine.start()
        await engine.stop()
        tasks: queue.SimpleQueue = engine._reads
        left = Request("SELECT 1")
        tasks.put(left)
        await engine.stop()
        with pytest.raises(TransactionMisuse, match="closed"):
            await left.answer(1)

    asyncio.run(main())
