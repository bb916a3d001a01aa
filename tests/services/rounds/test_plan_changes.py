"""Rows of a proposal changed by hand."""

from datetime import date

import msgspec
import pytest

from inspection.domain.refusals import NotFound
from inspection.domain.refusals.proposals import PlanChanged, PlanNotReady, PlanRefused
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.domain.rounds.planning import Plan, PlannedVisit
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.rounds import proposals
from inspection.persistence.statements import run
from inspection.services.people.accounts import disable_account
from inspection.services.rounds.plan_changes import VisitWish, change_visit
from inspection.services.rounds.plan_making import (
    is_waited_for,
    keep_plan,
    note_no_plan,
    plan_order,
)
from inspection.services.rounds.plan_publishing import publish_plan
from inspection.services.rounds.plan_row_page import plan_row_page
from inspection.services.rounds.round_planning import discard_plan
from tests.cast import CLUB, GUO, HALL, LI, MA, ROUND, round_id, store_id
from tests.planned import TWICE, a_plan, a_proposal, made, plan_rows, proposal_row, row_of, seen_of
from tests.services.rounds.changed_plans import DAY, TODAY, publish


async def change(tools, proposal, store, inspector, day=TODAY, by=GUO, seen=None):
    row = await row_of(proposal, store)
    wish = VisitWish(inspector=inspector, day=day, seen=seen_of(row) if seen is None else seen)
    await change_visit(tools, by.actor, ROUND, row["id"], wish)


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
