"""A decision and the lock of its round at the same moment: neither slips past the other."""

import asyncio

from inspection.domain.refusals import Refusal
from inspection.persistence import plans, reviews
from inspection.persistence.statements import run
from inspection.services.round_plans import lock_round
from tests.cast import ROUND, round_id
from tests.receiving import rows_of
from tests.reviewing import a_visit, approve
from tests.waiting import until_somebody_waits


def slowed(monkeypatch, module, name):
    """Let one step wait: it says when it is reached and goes on when told."""
    reached, go_on, step = asyncio.Event(), asyncio.Event(), getattr(module, name)

    async def slow(*arguments):
        reached.set()
        await go_on.wait()
        return await step(*arguments)

    monkeypatch.setattr(module, name, slow)
    return reached, go_on


async def states():
    (visit,) = await rows_of("visit")
    (round_,) = await run("SELECT state FROM round WHERE id = ?", round_id(ROUND))
    return visit["state"], round_["state"]


async def test_what_is_approved_while_the_round_is_being_locked_is_locked_too(
    province, monkeypatch
):
    visit = await a_visit(province)
    reached, go_on = slowed(monkeypatch, reviews, "settle_visit")
    approving = asyncio.create_task(approve(province, visit))
    await reached.wait()
    locking = asyncio.create_task(lock_round(province, ROUND))
    await until_somebody_waits()
    go_on.set()
    assert (await approving).state == "published"
    await locking
    assert await states() == ("locked", "locked")


async def test_nothing_is_approved_in_a_round_that_was_just_locked(province, monkeypatch):
    visit = await a_visit(province)
    reached, go_on = slowed(monkeypatch, plans, "lock_round")
    locking = asyncio.create_task(lock_round(province, ROUND))
    await reached.wait()
    approving = asyncio.create_task(approve(province, visit))
    await until_somebody_waits()
    go_on.set()
    await locking
    (refusal,) = await asyncio.gather(approving, return_exceptions=True)
    assert isinstance(refusal, Refusal)
    assert await states() == ("submitted", "locked")
