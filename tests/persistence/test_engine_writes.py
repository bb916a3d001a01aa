"""Statements nobody waits for: they keep their order, and what is wrong with one comes up."""

import contextlib

import pytest

from inspection.persistence.engine import DB, read_tx, tx
from inspection.persistence.engines.integrity import (
    ReferenceBroken,
    TransactionMisuse,
    UniqueBroken,
)
from inspection.persistence.engines.postgres_bulk import as_one
from inspection.persistence.statements import run, together, write, write_many

ADD = "INSERT INTO slip (id, text) VALUES (?, ?)"


@pytest.fixture
async def slips(database):
    """A table of our own."""
    await run("CREATE TABLE slip (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")


async def kept():
    return [row["text"] for row in await run("SELECT text FROM slip ORDER BY id")]


async def test_what_was_written_is_there_for_the_next_statement(slips):
    async with tx():
        await write(ADD, 1, "a")
        await write_many(ADD, [(2, "b"), (3, "c")])
        await write("UPDATE slip SET text = ? WHERE id = ?", "z", 2)
        assert await kept() == ["a", "z", "c"]


async def test_what_was_written_last_is_committed(slips):
    async with tx():
        await run(ADD, 1, "a")
        await write(ADD, 2, "b")
    assert await kept() == ["a", "b"]


async def test_it_is_undone_with_its_transaction(slips):
    async def fall():
        async with tx():
            await write(ADD, 1, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fall()
    assert await kept() == []


async def test_a_broken_constraint_comes_up_at_the_commit_at_the_latest(slips):
    async def twice():
        async with tx():
            await write(ADD, 1, "a")
            await write(ADD, 1, "again")

    with pytest.raises(UniqueBroken) as broken:
        await twice()
    assert broken.value.table == "slip"
    assert await kept() == []


async def test_a_broken_constraint_dooms_the_transaction(slips):
    async def swallow():
        async with tx():
            await write(ADD, 1, "a")
            with contextlib.suppress(UniqueBroken):
                await write(ADD, 1, "again")
                await run("SELECT 1 AS one")

    with pytest.raises(TransactionMisuse, match="cannot commit"):
        await swallow()
    assert await kept() == []


async def test_nothing_after_a_broken_constraint_is_run(slips):
    async def twice():
        async with tx():
            await write(ADD, 1, "a")
            await write(ADD, 1, "again")
            await run(ADD, 2, "b")

    with pytest.raises(UniqueBroken):
        await twice()
    assert await kept() == []


async def test_without_a_transaction_it_is_kept_at_once(slips):
    await write(ADD, 1, "a")
    await write_many(ADD, [(2, "b"), (3, "c")])
    await write_many(ADD, [])
    assert await kept() == ["a", "b", "c"]
    with pytest.raises(UniqueBroken):
        await write(ADD, 1, "again")


async def test_a_reading_transaction_writes_nothing(slips):
    async def write_while_reading():
        async with read_tx():
            await write(ADD, 1, "a")

    with pytest.raises(TransactionMisuse):
        await write_while_reading()
    assert await kept() == []


async def test_after_the_end_it_is_refused(slips):
    async with tx() as ended:
        await write(ADD, 1, "a")
    with pytest.raises(TransactionMisuse):
        await ended.write(ADD, ((2, "b"),))
    assert DB.transaction_exists() is False


@pytest.fixture
async def notes(slips):
    """Another table, whose rows refer to slips."""
    await run(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, slip INTEGER NOT NULL REFERENCES slip (id))"
    )


NOTE = "INSERT INTO note (id, slip) VALUES (?, ?)"


async def test_writes_made_together_may_refer_to_each_others_rows(notes):
    async with tx():
        async with together():
            await write(ADD, 1, "a")
            await write(NOTE, 7, 1)
            await write_many(NOTE, [(8, 1), (9, 1)])
        await write("UPDATE slip SET text = ? WHERE id = ?", "z", 1)
    assert await kept() == ["z"]
    assert [row["id"] for row in await run("SELECT id FROM note ORDER BY id")] == [7, 8, 9]


async def test_a_question_among_them_sees_what_was_said_before(slips):
    async with tx(), together():
        await write(ADD, 1, "a")
        assert await kept() == ["a"]
        await write(ADD, 2, "b")
    assert await kept() == ["a", "b"]


async def test_of_writes_made_together_all_are_undone(notes):
    async def refer_to_nothing():
        async with tx():
            async with together():
                await write(ADD, 1, "a")
                await write(NOTE, 7, 5)
            await run("SELECT 1 AS one")

    with pytest.raises(ReferenceBroken):
        await refer_to_nothing()
    assert await kept() == []


async def test_a_fault_among_them_leaves_nothing(slips):
    async def fall():
        async with tx(), together():
            await write(ADD, 1, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fall()
    assert await kept() == []


async def test_without_a_transaction_each_of_them_is_kept_by_itself(slips):
    async with together():
        await write(ADD, 1, "a")
        assert await kept() == ["a"]


def test_several_writes_become_one_statement_with_its_own_numbers():
    writes = [("UPDATE a SET b = $2 WHERE c = $1", (1, 2)), ("INSERT INTO d VALUES ($1)", (3,))]
    assert as_one(writes) == (
        "WITH w0 AS (UPDATE a SET b = $2 WHERE c = $1) INSERT INTO d VALUES ($3)",
        1,
        2,
        3,
    )
