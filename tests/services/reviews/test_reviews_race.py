"""A decision and the lock of its round at the same moment: neither slips past the other."""

import asyncio

from inspection.domain.refusals import Refusal
from inspection.domain.reviews.review import Decision
from inspection.persistence.releases import releases
from inspection.persistence.reviews import reviews
from inspection.persistence.rounds import plans
from inspection.persistence.statements import run
from inspection.services.releases.releases import release_visit
from inspection.services.reviews.reviews import review_visit
from inspection.services.rounds.round_plans import lock_round
from tests.cast import ROUND, SUN, round_id
from tests.receiving import rows_of
from tests.releasing import a_batch, release
from tests.reviewing import a_visit
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


async def approved(tools, visit):
    return await review_visit(tools, SUN.actor, visit, 1, Decision.APPROVE)


async def states():
    (visit,) = await rows_of("visit")
    (round_,) = await run("SELECT state FROM round WHERE id = ?", round_id(ROUND))
    return visit["state"], round_["state"]


async def test_what_is_approved_while_the_round_is_being_locked_waits(province, monkeypatch):
    visit = await a_visit(province)
    reached, go_on = slowed(monkeypatch, reviews, "settle_visit")
    approving = asyncio.create_task(approved(province, visit))
    await reached.wait()
    locking = asyncio.create_task(lock_round(province, ROUND, reason="封存"))
    await until_somebody_waits()
    go_on.set()
    assert (await approving).state == "approved"
    await locking
    assert await states() == ("approved", "locked")


async def test_what_is_released_while_the_round_is_being_locked_is_locked_too(
    province, monkeypatch
):
    visit = await a_visit(province)
    await approved(province, visit)
    reached, go_on = slowed(monkeypatch, releases, "publish_visit")
    releasing = asyncio.create_task(release(province, visit))
    await reached.wait()
    locking = asyncio.create_task(lock_round(province, ROUND, reason="封存"))
    await until_somebody_waits()
    go_on.set()
    assert await releasing
    await locking
    assert await states() == ("locked", "locked")


async def test_nothing_is_released_in_a_round_that_was_just_locked(province, monkeypatch):
    visit = await a_visit(province)
    await approved(province, visit)
    batch = await a_batch(province, visit)
    reached, go_on = slowed(monkeypatch, plans, "lock_round")
    locking = asyncio.create_task(lock_round(province, ROUND, reason="封存"))
    await reached.wait()
    releasing = asyncio.create_task(release_visit(province, batch, visit, None))
    await until_somebody_waits()
    go_on.set()
    await locking
    assert not await releasing
    assert await states() == ("approved", "locked")


async def test_nothing_is_approved_in_a_round_that_was_just_locked(province, monkeypatch):
    visit = await a_visit(province)
    reached, go_on = slowed(monkeypatch, plans, "lock_round")
    locking = asyncio.create_task(lock_round(province, ROUND, reason="封存"))
    await reached.wait()
    approving = asyncio.create_task(approved(province, visit))
    await until_somebody_waits()
    go_on.set()
    await locking
    (refusal,) = await asyncio.gather(approving, return_exceptions=True)
    assert isinstance(refusal, Refusal)
    assert await states() == ("submitted", "locked")
