"""SQLite's engine beside another process, killed, and closed."""

import asyncio
import os
import queue
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from inspection.persistence.engine import DB, close_database, open_database
from inspection.persistence.engines.integrity import TransactionMisuse
from inspection.persistence.engines.sqlite_engine import SQLiteEngine
from inspection.persistence.engines.sqlite_requests import Request


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
