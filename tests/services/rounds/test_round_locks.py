"""Locking a round: what is still open is named, and left as it is when somebody says why."""

import msgspec
import pytest

from inspection.domain.refusals import MoveRefused
from inspection.domain.refusals.rounds import RoundStillOpen
from inspection.domain.reviews.review import Decision
from inspection.domain.rounds.round_lock import OpenMatters, lock_reason
from inspection.persistence.audit import audit
from inspection.persistence.rectifications.open_matters import open_matters
from inspection.services.reviews.reviews import review_visit
from inspection.services.rounds.round_decisions import close_round, reopen_round
from inspection.services.rounds.round_details import left_open, round_of
from inspection.services.rounds.round_plans import lock_round
from tests.cast import CLUB, GUO, HALL, LI, ROUND, SUN, WANG, round_id
from tests.receiving import rows_of
from tests.releasing import release
from tests.reviewing import a_visit, approve

WHY = "年度通报在即"


async def two_visits(tools):
    """One released, one approved; the id of the second."""
    await approve(tools, await a_visit(tools, "out"))
    waits = await a_visit(tools, "approved", store=HALL, losses=("KH-E-01",))
    await review_visit(tools, SUN.actor, waits, 1, Decision.APPROVE)
    return waits


async def states():
    return sorted(row["state"] for row in await rows_of("visit"))


def test_nothing_need_be_said_when_nothing_is_open():
    assert lock_reason(OpenMatters(), "") == ""
    assert lock_reason(OpenMatters(appeals=1), f" {WHY} ") == WHY
    with pytest.raises(RoundStillOpen) as refused:
        lock_reason(OpenMatters(reviews=1, releases=2, appeals=3), "  ")
    assert refused.value.facts == {"reviews": 1, "releases": 2, "appeals": 3}


async def test_a_round_with_open_matters_is_locked_for_a_reason_only(province):
    waits = await two_visits(province)
    assert await open_matters(round_id(ROUND)) == OpenMatters(releases=1)
    with pytest.raises(RoundStillOpen):
        await close_round(province, GUO.actor, ROUND)
    with pytest.raises(RoundStillOpen):
        await lock_round(province, ROUND)
    assert await states() == ["approved", "published"]
    await close_round(province, GUO.actor, ROUND, WHY)
    assert await states() == ["approved", "locked"]
    *_, event = await audit.events_of("round", round_id(ROUND))
    assert (event.action, msgspec.json.decode(event.body)["reason"]) == ("round.lock", WHY)
    assert not await release(province, waits)
    with pytest.raises(MoveRefused):
        await close_round(province, GUO.actor, ROUND, WHY)
    await reopen_round(province, GUO.actor, ROUND, WHY)
    assert await release(province, waits)
    assert await open_matters(round_id(ROUND)) == OpenMatters()
    await lock_round(province, ROUND)
    assert await states() == ["locked", "locked"]


async def test_whoever_may_lock_sees_what_is_open(province):
    await a_visit(province)
    assert (await left_open(await round_of(GUO.actor, ROUND))).reviews == 1
    assert not (await left_open(await round_of(WANG.actor, ROUND))).any


async def test_an_operator_says_why_too(province):
    await a_visit(province, by=LI, store=CLUB)
    with pytest.raises(RoundStillOpen):
        await lock_round(province, ROUND)
    await lock_round(province, ROUND, reason=WHY)
    (event,) = [
        entry
        for entry in await audit.events_of("round", round_id(ROUND))
        if entry.action == "round.lock"
    ]
    assert msgspec.json.decode(event.body)["reason"] == WHY
