"""Proposals of a round: made, changed by hand, thrown away, published."""

from datetime import date, timedelta

import msgspec
import pytest

from inspection.domain.access import Place, may
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.refusals.proposals import (
    PlanChanged,
    PlanEmpty,
    PlanNotReady,
    PlanOutdated,
    PlanRefused,
    PlanRoundClosed,
)
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.domain.rounds.planning import Plan, PlannedVisit, PlanRules
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.rounds import proposals
from inspection.persistence.statements import run
from inspection.services.people.accounts import disable_account
from inspection.services.rounds.assignments import my_assignments
from inspection.services.rounds.plan_changes import VisitWish, change_visit
from inspection.services.rounds.plan_making import (
    is_waited_for,
    keep_plan,
    note_no_plan,
    plan_order,
)
from inspection.services.rounds.plan_publishing import publish_plan
from inspection.services.rounds.plan_row_page import plan_row_page
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
    store_id,
)
from tests.planned import TWICE, a_plan, a_proposal, made, plan_rows, proposal_row, row_of, seen_of

DAY = timedelta(days=1)
TODAY = date(2026, 11, 18)


async def change(tools, proposal, store, inspector, day=TODAY, by=GUO, seen=None):
    row = await row_of(proposal, store)
    wish = VisitWish(inspector=inspector, day=day, seen=seen_of(row) if seen is None else seen)
    await change_visit(tools, by.actor, ROUND, row["id"], wish)


async def publish(tools, proposal, by=GUO, seen=None):
    revision = int((await proposal_row(proposal))["revision"])
    return await publish_plan(tools, by.actor, ROUND, proposal, seen or revision)


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


async def test_a_row_is_changed_by_hand_and_told(tools, province):
    choice = msgspec.structs.replace(TWICE, inspectors=(LI.account,))
    proposal = await a_plan(tools, choice=choice)
    assert (await plan_rows(proposal))[CLUB] == (None, "nobody")
    await change(tools, proposal, CLUB, MA.account)
    row = await row_of(proposal, CLUB)
    assert (row["inspector"], row["by_hand"], row["attention"]) == (MA.account, True, 2)
    event = (await audit.events_of("round", round_id(ROUND)))[-1]
    assert event.action == "plan.change"
    assert msgspec.json.decode(event.body)["changes"]["inspector"] == [None, MA.account]


async def test_a_change_that_changes_nothing_is_no_event(tools, province):
    proposal = await a_plan(tools)
    await change(tools, proposal, CLUB, MA.account)
    before = await audit.events_of("round", round_id(ROUND))
    await change(tools, proposal, CLUB, MA.account)
    assert await audit.events_of("round", round_id(ROUND)) == before


async def test_a_row_is_taken_from_everybody(tools, province):
    proposal = await a_plan(tools)
    await change(tools, proposal, CLUB, "")
    assert (await plan_rows(proposal))[CLUB] == (None, "by_hand")


async def test_nobody_overrules_conflicts_of_interest(tools, province):
    proposal = await a_plan(tools)
    for inspector, day, code in (
        (LI.account, TODAY, "plan_why.going"),
        ("nobody", TODAY, "plan_why.inspector_gone"),
        (MA.account, date(2026, 12, 1), "plan_why.outside"),
        (MA.account, None, "plan.day_missing"),
    ):
        with pytest.raises(PlanRefused) as refused:
            await change(tools, proposal, CLUB, inspector, day)
        assert [fault.code for fault in refused.value.faults] == [code]


async def test_caps_may_be_overruled_and_are_warned_of(tools, province):
    rules = msgspec.structs.replace(TWICE.rules, per_round=3, per_day=1)
    proposal = await a_plan(tools, choice=PlanChoice(rules=rules))
    rows = await plan_rows(proposal)
    assert sorted(why for _, why in rows.values()) == ["", "", "caps", "caps"]
    empty = next(store for store in (CLUB, HALL) if rows[store][0] is None)
    await change(tools, proposal, empty, MA.account)
    assert (await plan_rows(proposal))[empty] == ("ma", "round_cap")
    await change(tools, proposal, empty, MA.account, TODAY + DAY)
    assert (await row_of(proposal, empty))["attention"] == 1


async def test_a_row_somebody_else_changed_is_a_conflict(tools, province):
    proposal = await a_plan(tools)
    with pytest.raises(PlanChanged):
        await change(tools, proposal, CLUB, MA.account, seen="somebody else")
    with pytest.raises(NotFound):
        await change_visit(tools, GUO.actor, ROUND, "nothing", VisitWish(seen=""))


async def test_planning_anew_keeps_what_was_changed_by_hand(tools, province):
    proposal = await a_plan(tools)
    await change(tools, proposal, CLUB, MA.account, date(2026, 11, 30))
    revision = (await proposal_row(proposal))["revision"]
    assert await a_proposal(tools, seen=revision) == proposal
    await made(tools, proposal)
    row = await row_of(proposal, CLUB)
    assert (str(row["day"]), bool(row["by_hand"])) == ("2026-11-30", True)
    await a_proposal(tools, seen=revision + 1, keep=False)
    await made(tools, proposal)
    assert not (await row_of(proposal, CLUB))["by_hand"]


async def test_what_was_changed_by_hand_and_is_forbidden_by_now_is_not_kept(tools, province):
    proposal = await a_plan(tools)
    await change(tools, proposal, CLUB, MA.account, TODAY)
    await disable_account(tools, MA.sign_in)
    await a_proposal(tools, seen=2)
    await made(tools, proposal)
    assert (await plan_rows(proposal))[CLUB] == (None, "nobody")


async def test_nothing_is_changed_while_the_plan_is_made(tools, province):
    proposal = await a_plan(tools)
    row = await row_of(proposal, CLUB)
    await a_proposal(tools, seen=1)
    with pytest.raises(PlanNotReady):
        await change_visit(
            tools, GUO.actor, ROUND, row["id"], VisitWish(inspector="", seen=seen_of(row))
        )
    with pytest.raises(PlanNotReady):
        await publish(tools, proposal)


async def test_a_discarded_plan_is_neither_made_nor_changed(tools, province):
    proposal = await a_proposal(tools)
    asked = await plan_order(tools, proposal, 1)
    await discard_plan(tools, GUO.actor, ROUND, proposal, 1)
    assert not await is_waited_for(proposal, 1)
    assert await plan_order(tools, proposal, 1) is None
    assert not await keep_plan(tools, proposal, 1, asked, Plan(visits=(), unplaced=()))
    async with tx():
        await note_no_plan(proposal, 1, "crashed")
    assert (await proposal_row(proposal))["state"] == "discarded"
    with pytest.raises(PlanNotReady):
        await publish(tools, proposal)
    with pytest.raises(PlanNotReady):
        await publish_plan(tools, GUO.actor, ROUND, "nothing", 1)


async def test_an_answer_that_breaks_a_rule_is_never_written(tools, province):
    proposal = await a_proposal(tools)
    asked = await plan_order(tools, proposal, 1)
    bad = PlannedVisit(store=store_id(CLUB), inspector=LI.account, day=TODAY)
    assert await keep_plan(tools, proposal, 1, asked, Plan(visits=(bad,), unplaced=()))
    row = await proposal_row(proposal)
    assert (row["state"], row["fault"]) == ("failed", "faults")
    assert await proposals.rows_of(proposal) == ()


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


async def test_who_goes_there_by_another_row_is_no_candidate(tools, province):
    rules = msgspec.structs.replace(TWICE.rules, visits=3)
    proposal = await a_plan(tools, choice=PlanChoice(rules=rules))
    rows = await run(
        "SELECT id FROM proposed_visit WHERE proposal = ? AND store = ? AND inspector IS NULL",
        proposal,
        store_id(CLUB),
    )
    page = await plan_row_page(tools, GUO.actor, ROUND, rows[0]["id"])
    assert {each.person.id: each.why.code for each in page.candidates} == {
        LI.account: "going",
        MA.account: "twice",
    }


async def test_a_store_that_was_closed_has_no_candidates(tools, province):
    proposal = await a_plan(tools)
    row = await row_of(proposal, CLUB)
    await run("UPDATE store SET state = 'closed' WHERE code = ?", CLUB)
    page = await plan_row_page(tools, GUO.actor, ROUND, row["id"])
    assert (page.candidates, page.can_edit) == ((), False)
