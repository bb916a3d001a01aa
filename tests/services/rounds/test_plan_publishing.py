"""A proposal published: every assignment at once, or none."""

import msgspec
import pytest

from inspection.domain.access import Place, may
from inspection.domain.refusals.proposals import (
    PlanEmpty,
    PlanNotReady,
    PlanOutdated,
    PlanRoundClosed,
)
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.people.accounts import disable_account
from inspection.services.rounds.assignments import my_assignments
from tests.cast import CHEN, CLUB, LANZHOU, LI, MA, REGION_PATHS, ROUND, ZHAO, round_id
from tests.planned import a_plan, proposal_row
from tests.services.rounds.changed_plans import TODAY, publish


async def test_publishing_writes_every_assignment_and_tells_the_phones(tools, province):
    proposal = await a_plan(tools)
    before = len((await my_assignments(MA.actor)).assignments)
    assert await publish(tools, proposal) == 4
    listed = (await my_assignments(MA.actor)).assignments
    assert len(listed) == before + 2
    fresh = next(each for each in listed if each.store.code == CLUB)
    assert fresh.state == "open"
    assert fresh.window_to.weekday() == 6
    assert TODAY <= fresh.window_from <= fresh.window_to
    assert (await proposal_row(proposal))["state"] == "published"
    event = (await audit.events_of("round", round_id(ROUND)))[-1]
    body = msgspec.json.decode(event.body)
    assert (event.action, body["added"], body["unplaced"]) == ("plan.publish", 4, 0)
    with pytest.raises(PlanNotReady):
        await publish(tools, proposal)


async def test_what_changed_meanwhile_keeps_all_of_it_out(tools, province):
    proposal = await a_plan(tools)
    await disable_account(tools, MA.sign_in)
    with pytest.raises(PlanOutdated) as outdated:
        await publish(tools, proposal)
    assert outdated.value.facts == {"count": 2}
    assert {fault.code for fault in outdated.value.faults} == {"plan_fault.inspector_gone"}
    assert len(await run("SELECT id FROM assignment")) == 4


async def test_a_store_somebody_else_was_sent_to_is_named(tools, province):
    wide, own = await a_plan(tools), await a_plan(tools, ZHAO)
    await publish(tools, own, ZHAO)
    with pytest.raises(PlanOutdated) as outdated:
        await publish(tools, wide)
    (fault, *_) = outdated.value.faults
    assert (fault.facts["store"], fault.facts["inspector"]) == ("秦州大众路客户俱乐部", "A-017")


async def test_a_round_that_is_no_longer_open_gets_nobody(tools, province):
    proposal = await a_plan(tools)
    await run("UPDATE round SET state = 'submitted' WHERE code = ?", ROUND)
    with pytest.raises(PlanRoundClosed):
        await publish(tools, proposal)


async def test_an_empty_plan_is_not_published(tools, province):
    proposal = await a_plan(tools, choice=PlanChoice())
    with pytest.raises(PlanEmpty):
        await publish(tools, proposal)


async def test_stores_learn_nothing_of_a_plan(province):
    for who in (CHEN, LI):
        for action in ("plan.read", "plan.edit", "inspector.name"):
            place = Place(region_path=REGION_PATHS[LANZHOU], store=CHEN.actor.store)
            assert not may(who.actor, action, place)
