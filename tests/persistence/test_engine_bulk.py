"""Many rows at once: all of them or none, on both engines, by the quickest way each has."""

import pytest

from inspection.persistence.engine import DB, tx
from inspection.persistence.engines.integrity import (
    ReferenceBroken,
    TransactionMisuse,
    UniqueBroken,
)
from inspection.persistence.engines.postgres_bulk import Target, copy_target

ADD = {
    "sqlite": "INSERT INTO item (id, text, day) VALUES (?, ?, ?)",
    "postgres": "INSERT INTO item (id, text, day) VALUES ($1, $2, $3)",
}


@pytest.fixture
async def items(database):
    """An open database with an empty table `item`."""
    await DB.run("CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT, day INTEGER DEFAULT 5)")
    return ADD[DB.engine_type]


async def count():
    (row,) = await DB.run("SELECT count(*) AS n FROM item")
    return row["n"]


async def test_more_rows_than_a_statement_may_have_parameters(items):
    await DB.run_many(items, [(number, "字" * 3, None) for number in range(40_000)])
    assert await count() == 40_000
    assert (await DB.run("SELECT text, day FROM item WHERE id = 39999")) == [
        {"text": "字字字", "day": None}
    ]


async def test_one_bad_row_undoes_all_of_them(items):
    with pytest.raises(UniqueBroken):
        await DB.run_many(items, [(1, "a", 1), (2, "b", 1), (1, "c", 1)])
    assert await count() == 0


async def test_one_bad_row_dooms_the_transaction_around_it(items):
    async def swallow():
        async with tx():
            await DB.run_many(items, [(7, "kept?", 1)])
            with pytest.raises(UniqueBroken):
                await DB.run_many(items, [(7, "again", 1)])

    with pytest.raises(TransactionMisuse, match="cannot commit"):
        await swallow()
    assert await count() == 0


async def test_inside_a_transaction_they_share_its_fate(items):
    async def both():
        async with tx():
            await DB.run_many(items, [(1, "a", 1), (2, "b", 1)])
            assert await count() == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await both()
    assert await count() == 0


async def test_references_are_checked(items):
    await DB.run("CREATE TABLE part (item INTEGER REFERENCES item (id))")
    sql = "INSERT INTO part (item) VALUES (" + ("?" if DB.engine_type == "sqlite" else "$1") + ")"
    await DB.run_many(items, [(1, "a", 1)])
    with pytest.raises(ReferenceBroken):
        await DB.run_many(sql, [(1,), (404,)])
    assert await DB.run("SELECT * FROM part") == []


@pytest.mark.parametrize("rows", [1, 2, 170, 171, 341, 343])
async def test_rows_keep_their_order_however_many_there_are(items, rows):
    await DB.run_many(items, [(number, f"r{number}", number % 7) for number in range(rows)])
    kept = await DB.run("SELECT id, text, day FROM item ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [(n, f"r{n}", n % 7) for n in range(rows)]


async def test_a_statement_with_more_to_say_is_run_row_by_row(items):
    await DB.run_many(items, [(2, "kept", 1)])
    await DB.run_many(f"{items} ON CONFLICT (id) DO NOTHING", [(1, "a", 1), (2, "b", 1)])
    kept = await DB.run("SELECT text FROM item ORDER BY id")
    assert [row["text"] for row in kept] == ["a", "kept"]


async def test_no_rows_are_no_work(items):
    await DB.run_many(items, [])
    assert await count() == 0


async def test_updates_run_once_per_row_too(items):
    await DB.run_many(items, [(1, "a", 1), (2, "b", 1)])
    sql = {
        "sqlite": "UPDATE item SET text = ? WHERE id = ?",
        "postgres": "UPDATE item SET text = $1 WHERE id = $2",
    }
    await DB.run_many(sql[DB.engine_type], [("x", 1), ("y", 2)])
    assert await DB.run("SELECT text FROM item ORDER BY id") == [{"text": "x"}, {"text": "y"}]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO t (a, b) VALUES ($1, $2)",
        'insert into "t" ("a","b")\n  values ($1,$2)',
    ],
)
def test_a_plain_insert_is_copied(sql):
    assert copy_target(sql) == Target("t", ("a", "b"))


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO t (a, b) VALUES ($2, $1)",
        "INSERT INTO t (a, b) VALUES ($1, $1)",
        "INSERT INTO t (a, b) VALUES ($1, 2)",
        "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        "INSERT INTO t (a, b) VALUES ($1, lower($2))",
        "INSERT INTO t (a, b) SELECT $1, $2",
        "UPDATE t SET a = $1",
    ],
)
def test_anything_richer_is_run_as_it_stands(sql):
    assert copy_target(sql) is None
