"""What every transaction can rely on, whichever engine answers."""

import asyncio

import pytest

from inspection.persistence.engine import read_tx, tx
from inspection.persistence.engines.integrity import TransactionMisuse, UniqueBroken
from inspection.persistence.tables import NoticeCounter
from tests.persistence.counting import count, python, set_to


async def test_leaving_a_transaction_makes_it_durable(counter):
    async with tx():
        await set_to(1)
    assert await count() == 1


async def test_an_error_undoes_everything_and_is_passed_on(counter):
    async def divide():
        async with tx():
            await set_to(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await divide()
    assert await count() == 0


async def test_a_transaction_reads_what_it_wrote_and_nobody_else_does(counter):
    async with tx():
        await set_to(7)
        assert await count() == 7
        assert await elsewhere(counter) == 0
    assert await count() == 7


async def elsewhere(url):
    """The counter as seen by a program that knows nothing of our transaction."""
    script = (
        "import asyncio, sys\n"
        "from inspection.persistence.engine import *\n"
        "async def look():\n"
        "    await open_database(sys.argv[1], pool_min=0)\n"
        "    rows = await DB.run('SELECT last FROM notice_counter')\n"
        "    await close_database()\n"
        "    print(rows[0]['last'])\n"
        "asyncio.run(look())\n"
    )
    return int(await python(script, url))


async def test_a_nested_transaction_is_refused_and_the_outer_one_goes_on(counter):
    async with tx():
        await set_to(1)
        with pytest.raises(TransactionMisuse, match="inside tx"):
            tx()
        with pytest.raises(TransactionMisuse, match="inside tx"):
            read_tx()
        await set_to(2)
    assert await count() == 2


async def test_a_failed_statement_dooms_its_transaction(counter):
    async def go_on_after_a_failure():
        async with tx():
            await set_to(5)
            with pytest.raises(UniqueBroken):
                await NoticeCounter.insert(NoticeCounter(key="n", last=1))
            await set_to(6)

    with pytest.raises(TransactionMisuse, match="nothing more can be done"):
        await go_on_after_a_failure()
    assert await count() == 0


async def test_a_swallowed_failure_cannot_commit(counter):
    async def swallow_a_failure():
        async with tx():
            await set_to(5)
            with pytest.raises(UniqueBroken):
                await NoticeCounter.insert(NoticeCounter(key="n", last=1))

    with pytest.raises(TransactionMisuse, match="cannot commit"):
        await swallow_a_failure()
    assert await count() == 0


async def test_other_tasks_cannot_use_the_transaction(counter):
    with pytest.raises(TransactionMisuse, match="another task"):
        async with tx():
            await asyncio.gather(set_to(1), set_to(2))
    assert await count() == 0


async def test_a_task_that_outlives_the_transaction_it_was_born_in_stands_on_its_own(counter):
    go = asyncio.Event()

    async def later():
        await go.wait()
        async with tx():
            await set_to(9)

    async with tx():
        task = asyncio.create_task(later())
        await set_to(1)
    go.set()
    await task
    assert await count() == 9


async def test_a_transaction_cannot_be_used_after_its_end(counter):
    async with tx() as old:
        await set_to(1)
    with pytest.raises(TransactionMisuse, match="already ended"):
        await old.run("SELECT 1")


async def test_asyncio_timeout_works_inside_a_transaction(counter):
    async with tx(), asyncio.timeout(30):
        await set_to(3)
    assert await count() == 3
