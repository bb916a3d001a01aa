"""What only PostgreSQL's engine does: it lends connections, and outlives the server's bad days."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from inspection.domain.refusals import StoreBusy
from inspection.persistence.engine import DB, close_database, open_database, tx, use_database
from inspection.persistence.engines.integrity import DatabaseFault, TransactionMisuse
from inspection.persistence.engines.postgres_session import PostgresSession
from tests.postgres_server import PostgresServer


@pytest.fixture
async def notes(postgres_database):
    """An open database with an empty table `note`."""
    await DB.run("CREATE TABLE note (id SERIAL PRIMARY KEY, text TEXT UNIQUE)")
    return postgres_database


async def add(text):
    await DB.run("INSERT INTO note (text) VALUES ($1)", (text,))


async def texts():
    return [row["text"] for row in await DB.run("SELECT text FROM note ORDER BY id")]


async def test_choosing_a_server_does_not_connect_to_it():
    use_database("postgresql://nobody@127.0.0.1:1/nothing")
    assert DB.engine_type == "postgres"
    await close_database()


async def test_a_server_that_is_not_there_is_reported_at_start():
    with pytest.raises(DatabaseFault, match="DATABASE_URL"):
        await open_database("postgresql://nobody@127.0.0.1:1/nothing")
    await close_database()


async def test_every_connection_has_our_limits_and_utc(notes):
    async def setting(name):
        (row,) = await DB.run(f"SELECT current_setting('{name}') AS value")
        return row["value"]

    assert await setting("timezone") == "UTC"
    assert await setting("lock_timeout") == "5s"
    assert await setting("statement_timeout") == "1min"
    assert await setting("idle_in_transaction_session_timeout") == "10s"
    assert await setting("synchronous_commit") == "on"


async def test_no_more_connections_are_opened_than_the_pool_may_have(notes, postgres_server):
    await asyncio.gather(*(add(f"t{number}") for number in range(60)))
    sql = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = $1"
    (row,) = postgres_server.admin(sql, notes.split("/")[3].split("?")[0])
    assert row["n"] <= 5
    assert len(await texts()) == 60


async def test_a_commit_that_is_answered_with_rollback_is_an_error(notes):
    session = DB.engine.session(reading=False)
    assert isinstance(session, PostgresSession)
    await session.begin()
    await session.run("INSERT INTO note (text) VALUES ('a')")
    with pytest.raises(Exception, match="does not exist"):
        await session.run("SELECT * FROM nowhere")
    with pytest.raises(TransactionMisuse, match="ROLLBACK"):
        await session.commit()
    await session.close()
    assert await texts() == []
    assert DB.engine.load["connections_lent"] == 0


async def test_two_that_lock_crosswise_are_told_apart(notes):
    await add("a")
    await add("b")
    turn = asyncio.Barrier(2)

    async def cross(first, second):
        async with tx():
            await DB.run("UPDATE note SET text = text WHERE text = $1", (first,))
            await turn.wait()
            await DB.run("UPDATE note SET text = text WHERE text = $1", (second,))

    results = await asyncio.gather(cross("a", "b"), cross("b", "a"), return_exceptions=True)
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "StoreBusy"]


async def test_waiting_too_long_for_a_row_is_busy(notes):
    await add("a")
    held, done = asyncio.Event(), asyncio.Event()

    async def hold():
        async with tx():
            await DB.run("UPDATE note SET text = text")
            held.set()
            await done.wait()

    async def want():
        async with tx():
            await DB.run("SET LOCAL lock_timeout = 50")
            await DB.run("UPDATE note SET text = 'b'")

    holder = asyncio.create_task(hold())
    await held.wait()
    with pytest.raises(StoreBusy):
        await want()
    done.set()
    await holder
    assert await texts() == ["a"]


async def test_a_connection_cut_inside_a_transaction_is_busy_and_the_next_one_works(
    notes, postgres_server
):
    async def cut():
        async with tx():
            await add("a")
            sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
            postgres_server.admin(sql, notes.split("/")[3].split("?")[0])
            await add("b")

    with pytest.raises(StoreBusy):
        await cut()
    await add("c")
    assert await texts() == ["c"]
    assert DB.engine.load["connections_lent"] == 0


@pytest.fixture
def durable_server():
    """A server of its own, with fsync on, to be restarted and killed."""
    server = PostgresServer(durable=True)
    yield server
    server.close()


async def test_a_restarted_server_is_found_again(durable_server):
    name = durable_server.create()
    await open_database(durable_server.url(name), pool_min=3, pool_max=5)
    await DB.run("CREATE TABLE note (id SERIAL PRIMARY KEY, text TEXT UNIQUE)")
    await add("before")
    durable_server.restart("immediate")
    deadline = time.monotonic() + 10
    while True:
        try:
            await add(f"after {time.monotonic()}")
            break
        except StoreBusy:
            assert time.monotonic() < deadline
    kept = await texts()
    await close_database()
    assert kept[0] == "before"
    assert len(kept) == 2


def test_killed_at_any_moment_it_has_every_acknowledged_row(durable_server):
    url = durable_server.url(durable_server.create())
    script = (
        "import asyncio, itertools, sys\n"
        "from inspection.persistence.engine import *\n"
        "async def write(numbers):\n"
        "    for number in numbers:\n"
        "        async with tx():\n"
        "            await DB.run('INSERT INTO ledger VALUES ($1, 1)', (number,))\n"
        "            await DB.run('INSERT INTO ledger VALUES ($1, 2)', (number,))\n"
        "        print(number, flush=True)\n"
        "async def main():\n"
        "    numbers = itertools.count()\n"
        "    await open_database(sys.argv[1])\n"
        "    await DB.run('CREATE TABLE ledger (n INTEGER, half INTEGER)')\n"
        "    await asyncio.gather(*(write(numbers) for _ in range(8)))\n"
        "asyncio.run(main())\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE)
    lines = [process.stdout.readline() for _ in range(21)]
    os.kill(process.pid, signal.SIGKILL)
    lines += process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    acknowledged = {int(line) for line in lines if line.endswith(b"\n")}
    durable_server.restart("immediate")

    async def halves():
        await open_database(url)
        rows = await DB.run("SELECT n, count(*) AS halves FROM ledger GROUP BY n")
        await close_database()
        return {row["n"]: row["halves"] for row in rows}

    survivors = asyncio.run(halves())
    assert len(acknowledged) > 20
    assert acknowledged - survivors.keys() == set()
    assert set(survivors.values()) == {2}
