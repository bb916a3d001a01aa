"""What every query and transaction can rely on, whichever engine answers."""

import asyncio

import pytest

from inspection.domain.refusals import StoreBusy, ValueUnstorable
from inspection.persistence.engine import (
    DB,
    close_database,
    open_database,
    read_tx,
    tx,
    use_database,
)
from inspection.persistence.engines.integrity import (
    CheckBroken,
    DatabaseFault,
    ReferenceBroken,
    TransactionMisuse,
    UniqueBroken,
    ValueMissing,
)
from inspection.persistence.locking import for_update_clause
from inspection.persistence.tables import NoticeCounter, Region
from tests.persistence.counting import count, python, set_to


@pytest.mark.parametrize("last", [2**63, -(10**25)])
async def test_a_number_no_column_holds_is_refused(counter, last):
    with pytest.raises(ValueUnstorable):
        await set_to(last)
    with pytest.raises(ValueUnstorable):
        async with read_tx():
            await NoticeCounter.select().where(NoticeCounter.last > last)
    assert await count() == 0


async def test_a_text_no_column_holds_is_refused(counter):
    with pytest.raises(ValueUnstorable):
        await NoticeCounter.select().where(NoticeCounter.key == "\ud800")
    assert await count() == 0


async def test_read_tx_sees_one_moment(counter):
    async with read_tx():
        before = await count()
        await set_elsewhere(counter, 4)
        assert await count() == before == 0
    assert await count() == 4


async def set_elsewhere(url, number):
    script = (
        "import asyncio, sys\n"
        "from inspection.persistence.engine import *\n"
        "async def write():\n"
        "    await open_database(sys.argv[1], pool_min=0)\n"
        "    await DB.run(f'UPDATE notice_counter SET last = {sys.argv[2]}')\n"
        "    await close_database()\n"
        "asyncio.run(write())\n"
    )
    await python(script, url, str(number))


async def test_nothing_can_be_written_in_read_tx(counter):
    with pytest.raises(TransactionMisuse, match="read"):
        async with read_tx():
            await set_to(1)
    assert await count() == 0


async def test_a_hundred_tasks_adding_six_times_each_lose_nothing(counter):
    sql = "SELECT last FROM notice_counter WHERE key = {}" + for_update_clause()

    async def add():
        for _ in range(6):
            async with tx():
                (row,) = await NoticeCounter.raw(sql, "n")
                await set_to(row["last"] + 1)

    await asyncio.gather(*(add() for _ in range(100)))
    assert await count() == 600


async def test_a_number_can_be_drawn_by_many_at_once(counter):
    async def draw():
        async with tx():
            sql = "UPDATE notice_counter SET last = last + 1 WHERE key = {} RETURNING last"
            (row,) = await NoticeCounter.raw(sql, "n")
            return row["last"]

    drawn = await asyncio.gather(*(draw() for _ in range(50)))
    assert sorted(drawn) == list(range(1, 51))


async def test_the_same_key_twice_is_named(counter):
    with pytest.raises(UniqueBroken) as caught:
        await NoticeCounter.insert(NoticeCounter(key="n", last=1))
    assert (caught.value.table, caught.value.columns) == ("notice_counter", ("key",))


async def test_a_pair_that_must_be_unique_is_named(database):
    await DB.run("CREATE TABLE pair (a INTEGER, b INTEGER, CONSTRAINT one_pair UNIQUE (a, b))")
    await DB.run("INSERT INTO pair VALUES (1, 2)")
    with pytest.raises(UniqueBroken) as caught:
        await DB.run("INSERT INTO pair VALUES (1, 2)")
    assert (caught.value.table, caught.value.columns) == ("pair", ("a", "b"))


async def test_a_reference_to_nothing_is_refused(database):
    row = Region(
        id="r", parent="nowhere", level="branch", code="1", name_zh="甲", name_en="A", path="/1"
    )
    with pytest.raises(ReferenceBroken):
        await Region.insert(row)


async def test_what_is_referred_to_cannot_be_deleted(database):
    top = Region(
        id="p", parent=None, level="province", code="62", name_zh="甘肃", name_en="G", path="/62"
    )
    sub = Region(
        id="q", parent="p", level="branch", code="6201", name_zh="兰州", name_en="L", path="/62/1"
    )
    await Region.insert(top)
    await Region.insert(sub)
    with pytest.raises(ReferenceBroken):
        await Region.delete().where(Region.id == "p")


async def test_checks_and_missing_values_are_told_apart(database):
    await DB.run("CREATE TABLE kept (a INTEGER NOT NULL, CONSTRAINT kept_small CHECK (a < 10))")
    with pytest.raises(CheckBroken) as caught:
        await DB.run("INSERT INTO kept VALUES (11)")
    assert caught.value.name == "kept_small"
    with pytest.raises(ValueMissing) as missing:
        await DB.run("INSERT INTO kept VALUES (NULL)")
    assert missing.value.columns == ("a",)


async def test_piccolo_speaks_the_dialect_of_the_engine_in_use(counter):
    keys = ["a", "b", "c"]
    rows = [NoticeCounter(key=key, last=number) for number, key in enumerate(keys)]
    inserted = await NoticeCounter.insert(*rows).returning(NoticeCounter.key)
    assert [row["key"] for row in inserted] == keys
    again = NoticeCounter(key="a", last=99)
    await NoticeCounter.insert(again).on_conflict(
        target=NoticeCounter.key, action="DO UPDATE", values=[NoticeCounter.last]
    )
    found = (
        await NoticeCounter.objects()
        .where(NoticeCounter.key.is_in(["a", "c"]))
        .order_by(NoticeCounter.key)
    )
    assert [(each.key, each.last) for each in found] == [("a", 99), ("c", 2)]
    changed = (
        await NoticeCounter.update({NoticeCounter.last: NoticeCounter.last + 1})
        .where(NoticeCounter.key.like("b%"))
        .returning(NoticeCounter.last)
    )
    assert changed == [{"last": 2}]
    assert await NoticeCounter.exists().where(NoticeCounter.key == "a")
    assert await NoticeCounter.count() == 4


async def test_the_version_of_the_server_is_known(database):
    assert await DB.get_version() > 3


async def test_a_large_result_is_not_streamed(database):
    with pytest.raises(TransactionMisuse, match="page by page"):
        await NoticeCounter.select().batch()


def test_one_database_object_serves_several_event_loops(database_url):
    async def add(number):
        await NoticeCounter.insert(NoticeCounter(key=f"k{number}", last=number))
        if DB.engine_type == "postgres":
            await DB.engine.stop()

    use_database(database_url, pool_min=0)
    for number in range(3):
        asyncio.run(add(number))

    async def all_there():
        found = await NoticeCounter.count()
        await close_database()
        return found

    assert asyncio.run(all_there()) == 3


async def test_nothing_works_before_a_database_is_chosen():
    with pytest.raises(DatabaseFault, match="open_database"):
        await DB.run("SELECT 1")


@pytest.mark.parametrize("url", ["", "mysql://host/name", "sqlite:///", "file.db"])
async def test_an_address_of_another_kind_is_refused_with_what_to_write(url):
    with pytest.raises(DatabaseFault, match="DATABASE_URL must be"):
        await open_database(url)


async def test_busy_is_a_refusal_that_says_try_again(database, monkeypatch):
    inside, release = asyncio.Semaphore(0), asyncio.Event()

    async def hold():
        async with tx():
            inside.release()
            await release.wait()

    holders = [asyncio.create_task(hold()) for _ in range(5)]
    for _ in range(1 if DB.engine_type == "sqlite" else 5):
        await inside.acquire()
    monkeypatch.setattr(DB.engine, "options", type(DB.engine.options)(**quick(DB.engine_type)))
    with pytest.raises(StoreBusy):
        async with tx():
            await set_to(1)
    release.set()
    for result in await asyncio.gather(*holders, return_exceptions=True):
        assert result is None or isinstance(result, StoreBusy)


def quick(engine_type):
    return (
        {"wait_seconds": 0.3} if engine_type == "sqlite" else {"wait_seconds": 0.3, "pool_max": 5}
    )
