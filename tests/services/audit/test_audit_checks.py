"""Having the chain recomputed: left as a job, found again in the log."""

import pytest

from inspection.domain.refusals import NotAllowed
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.audit.audit_checks import (
    VERIFY,
    ask_for_check,
    check_chain,
    is_checking,
    last_check,
)
from inspection.services.changes import record
from tests.cast import GUO, WANG
from tests.makers import a_province


@pytest.fixture
async def events(database, tools):
    """Three events."""
    await a_province(tools)
    for number in "123":
        async with tx():
            await record(tools, GUO.actor, "store.edit", ("store", number), {})


async def test_asking_twice_leaves_one_check(events, tools):
    assert await last_check() is None
    assert not await is_checking()
    await ask_for_check(tools, GUO.actor)
    await ask_for_check(tools, GUO.actor)
    assert await is_checking()
    assert await jobs.waiting(VERIFY) == 1


async def test_only_administrators_ask(events, tools):
    with pytest.raises(NotAllowed):
        await ask_for_check(tools, WANG.actor)


async def test_an_intact_chain_is_said_to_be(events, tools):
    found = await check_chain(tools, GUO.account)
    last = await last_check()
    assert last
    event, kept = last
    assert kept == found
    assert not found.faults
    assert (event.actor, event.seq, event.previous_hash) == (
        GUO.account,
        found.events + 1,
        found.hash,
    )


async def test_a_broken_place_is_named(events, tools):
    before = await check_chain(tools, GUO.account)
    await run("UPDATE audit_event SET noun_id = '9' WHERE seq = ?", before.events - 1)
    found = await check_chain(tools, GUO.account)
    assert found.faults == (f"altered {before.events - 1}-{before.events - 1}",)
