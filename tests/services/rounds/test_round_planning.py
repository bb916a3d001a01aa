"""Proposals of a round: who makes one, and what keeps people away."""

from datetime import date

import msgspec
import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.refusals.proposals import (
    PlanChanged,
    PlanNotReady,
    PlanRefused,
    PlanRoundClosed,
)
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.domain.rounds.planning import PlanRules
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.rounds.plan_changes import VisitWish, change_visit
from inspection.services.rounds.round_planning import PLAN, PlanWish, discard_plan, start_plan
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CHEN,
    CLUB,
    EARLIER_ROUND,
    GUO,
    HALL,
    LANZHOU,
    LI,
    MA,
    QINZHOU_CLUB,
    REGION_PATHS,
    ROUND,
    SUN,
    WANG,
    ZHAO,
    region_id,
    round_id,
)
from tests.planned import TWICE, a_plan, a_proposal, plan_rows, row_of, seen_of
from tests.services.rounds.changed_plans import DAY, publish


async def test_a_plan_sends_each_inspector_where_they_have_not_been(tools, province):
    proposal = await a_plan(tools)
    assert await plan_rows(proposal) == {
        CLUB: ("ma", ""),
        HALL: ("ma", ""),
        ANNING_HALL: ("li", ""),
        QINZHOU_CLUB: ("li", ""),
    }
    (job,) = await jobs.claim(tools.now(), DAY, (PLAN,), 5)
    assert msgspec.json.decode(job.payload) == {"proposal": proposal, "revision": 1}


async def test_starting_is_an_event_with_the_rules_before_and_after(tools, province):
    proposal = await a_plan(tools)
    other = PlanChoice(rules=msgspec.structs.replace(TWICE.rules, per_day=2))
    await a_proposal(tools, choice=other, seen=1)
    first, second = await audit.events_of("round", round_id(ROUND))
    assert (first.action, first.actor) == ("plan.start", GUO.account)
    body = msgspec.json.decode(second.body)
    assert body["proposal"] == proposal
    old, new = body["changes"]["rules"]
    assert (old["per_day"], new["per_day"]) == (4, 2)


@pytest.mark.parametrize("who", [LI, CHEN, SUN])
async def test_only_managers_and_administrators_plan(tools, province, who):
    with pytest.raises(NotAllowed):
        await a_proposal(tools, who)


async def test_a_manager_plans_the_own_region_and_no_other(tools, province):
    proposal = await a_plan(tools, ZHAO)
    assert list(await plan_rows(proposal)) == [QINZHOU_CLUB]
    with pytest.raises(NotFound):
        await a_proposal(tools, ZHAO, region_path=REGION_PATHS[LANZHOU])
    with pytest.raises(PlanNotReady):
        await discard_plan(tools, WANG.actor, ROUND, proposal, 1)
    row = await row_of(proposal, QINZHOU_CLUB)
    with pytest.raises(NotFound):
        await change_visit(tools, WANG.actor, ROUND, row["id"], VisitWish(seen=seen_of(row)))
    county = await a_plan(tools, WANG, region_path=REGION_PATHS[ANNING])
    assert list(await plan_rows(county)) == [ANNING_HALL]


async def test_a_round_of_another_region_is_missing(tools, province):
    await run("UPDATE round SET region_path = ? WHERE code = ?", REGION_PATHS[LANZHOU], ROUND)
    with pytest.raises(NotFound):
        await a_proposal(tools, ZHAO)
    with pytest.raises(NotFound):
        await a_proposal(tools, GUO, region_path=GUO.actor.region_path)
    proposal = await a_plan(tools, GUO)
    assert QINZHOU_CLUB not in await plan_rows(proposal)


async def test_rounds_that_are_over_are_not_planned(tools, province, clock):
    with pytest.raises(PlanRoundClosed):
        await start_plan(tools, GUO.actor, EARLIER_ROUND, PlanWish())
    with pytest.raises(NotFound):
        await start_plan(tools, GUO.actor, "1999-01", PlanWish())
    clock.go_on(days=13)
    with pytest.raises(PlanRoundClosed):
        await a_proposal(tools)


async def test_rules_out_of_bounds_are_refused_by_name(tools, province):
    wrong = PlanChoice(rules=PlanRules(lockout_days=-1, per_day=0))
    with pytest.raises(PlanRefused) as refused:
        await a_proposal(tools, choice=wrong)
    assert [fault.pointer for fault in refused.value.faults] == ["/lockout_days", "/per_day"]


async def test_filters_choose_stores_and_people(tools, province):
    choice = msgspec.structs.replace(TWICE, kinds=("storefront",), inspectors=(LI.account,))
    proposal = await a_plan(tools, choice=choice)
    assert await plan_rows(proposal) == {ANNING_HALL: ("li", ""), HALL: (None, "nobody")}


async def test_who_saw_the_plan_before_somebody_else_changed_it_is_told(tools, province):
    proposal = await a_plan(tools)
    with pytest.raises(PlanChanged):
        await a_proposal(tools)
    with pytest.raises(PlanChanged):
        await discard_plan(tools, GUO.actor, ROUND, proposal, 7)
    with pytest.raises(PlanChanged):
        await publish(tools, proposal, seen=7)


async def test_units_and_past_visits_keep_people_away(tools, province):
    await run(
        "INSERT INTO account_unit (id, account, region) VALUES ('u', ?, ?)",
        MA.account,
        region_id(LANZHOU),
    )
    await run("UPDATE assignment SET state = 'cancelled' WHERE inspector = ?", LI.account)
    rows = await plan_rows(await a_plan(tools))
    assert {rows[store][0] for store in (CLUB, HALL, ANNING_HALL)} <= {"li", None}


async def test_an_errand_of_another_round_counts_as_being_there(tools, province):
    await run(
        "UPDATE round SET state = 'open', starts_on = ?, ends_on = ? WHERE code = ?",
        date(2026, 11, 1),
        date(2026, 11, 30),
        EARLIER_ROUND,
    )
    await run("UPDATE assignment SET round = ?", round_id(EARLIER_ROUND))
    rules = msgspec.structs.replace(TWICE.rules, lockout_days=90, visits=1)
    proposal = await a_plan(tools, choice=PlanChoice(rules=rules))
    rows = await plan_rows(proposal)
    assert rows[CLUB][0] == "ma"
    assert rows[ANNING_HALL][0] == "li"


async def test_a_region_nobody_knows_is_missing(tools, province):
    with pytest.raises(NotFound):
        await a_proposal(tools, region_path=f"{REGION_PATHS[LANZHOU]}nowhere/")


async def test_ways_are_counted_from_home_to_the_store(tools, province):
    await run("UPDATE store SET latitude_e6 = 36061000, longitude_e6 = 103834000")
    await run(
        "UPDATE store SET latitude_e6 = 34581000, longitude_e6 = 105724000 WHERE code = 'TS-0003'"
    )
    await run(
        "INSERT INTO inspector_profile (id, account, home) VALUES ('p', ?, ?)",
        LI.account,
        region_id(LANZHOU),
    )
    proposal = await a_plan(tools)
    assert (await row_of(proposal, ANNING_HALL))["way_hm"] == 0
    assert 2300 < (await row_of(proposal, QINZHOU_CLUB))["way_hm"] < 2500
