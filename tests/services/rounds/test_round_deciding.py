"""Rounds submitted, decided about, amended, locked, unlocked."""

from datetime import date

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    RoundChanged,
    RoundOwn,
    RoundReasonMissing,
    RoundRefused,
)
from inspection.domain.rounds.round_decision import RoundVerdict
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.audit import audit
from inspection.persistence.rounds import round_rows
from inspection.persistence.statements import run
from inspection.services.rounds import round_decisions, round_details, round_drafts
from inspection.services.rounds.awaited_decisions import Awaited, awaited_of
from inspection.services.rounds.round_drafts import Amendment
from tests.cast import CHEN, GUO, LANZHOU, LI, ROUND, WANG
from tests.cast import round_id as id_of
from tests.makers import an_account
from tests.rankable import Result, published
from tests.rounding import CODE, HE, a_draft, a_plan, a_submitted, an_approved
from tests.services.rounds.followed_rounds import events, state


async def test_a_second_person_approves_and_the_round_is_open(province):
    await a_submitted(province)
    found = await round_details.round_of(GUO.actor, CODE)
    assert (found.is_own, found.moves) == (True, {"recall"})
    assert found.deciders == (HE.name,)
    assert "approve" in (await round_details.round_of(HE.actor, CODE)).moves
    await round_decisions.decide_round(province, HE.actor, CODE, RoundVerdict.APPROVED, "同意", 2)
    assert await state() == "open"
    found = await round_details.round_of(GUO.actor, CODE)
    assert found.deciders == ()
    assert [(d.decision, d.reason, d.name) for d in found.decisions] == [
        ("approved", "同意", HE.name)
    ]
    assert [action for action, _ in await events()] == [
        "round.draft",
        "round.submit",
        "round.approve",
    ]
    assert (await events())[-1][1]["changes"] == {"state": ["submitted", "open"]}


@pytest.mark.parametrize("verdict", RoundVerdict)
async def test_nobody_decides_about_a_round_of_their_own(province, verdict):
    await a_submitted(province)
    with pytest.raises(RoundOwn):
        await round_decisions.decide_round(province, GUO.actor, CODE, verdict, "理由", 2)
    assert await state() == "submitted"


async def test_a_manager_decides_nothing(province):
    await a_submitted(province)
    with pytest.raises(NotAllowed):
        await round_decisions.decide_round(province, WANG.actor, CODE, RoundVerdict.APPROVED, "", 2)


async def test_a_veto_needs_its_reason_and_leads_back_to_the_draft(province):
    await a_submitted(province)
    with pytest.raises(RoundReasonMissing):
        await round_decisions.decide_round(province, HE.actor, CODE, RoundVerdict.VETOED, " ", 2)
    await round_decisions.decide_round(
        province, HE.actor, CODE, RoundVerdict.VETOED, "时段与春节重叠", 2
    )
    assert await state() == "draft"
    assert (await events())[-1] == (
        "round.veto",
        {
            "code": CODE,
            "changes": {"state": ["submitted", "draft"]},
            "reason": "时段与春节重叠",
        },
    )
    await round_decisions.submit_round(province, GUO.actor, CODE, 3)
    await round_decisions.decide_round(province, HE.actor, CODE, RoundVerdict.APPROVED, "", 4)
    assert await state() == "open"


async def test_what_was_submitted_is_not_edited_but_taken_back(province):
    await a_submitted(province)
    with pytest.raises(MoveRefused):
        await round_drafts.edit_round(province, GUO.actor, CODE, await a_plan(), 2)
    await round_decisions.recall_round(province, GUO.actor, CODE)
    await round_drafts.edit_round(province, GUO.actor, CODE, await a_plan(min_visits=2), 3)
    with pytest.raises(MoveRefused):
        await round_decisions.decide_round(province, HE.actor, CODE, RoundVerdict.APPROVED, "", 4)


async def test_nobody_approves_what_they_have_not_seen(province):
    await a_submitted(province)
    with pytest.raises(RoundChanged):
        await round_decisions.decide_round(province, HE.actor, CODE, RoundVerdict.APPROVED, "", 1)
    with pytest.raises(MoveRefused):
        await round_decisions.submit_round(province, GUO.actor, CODE, 2)


async def test_a_rubric_withdrawn_meanwhile_opens_no_round(province):
    await a_submitted(province)
    await run("UPDATE rubric_version SET state = 'withdrawn' WHERE code = 'KC'")
    with pytest.raises(RoundRefused) as refused:
        await round_decisions.decide_round(province, HE.actor, CODE, RoundVerdict.APPROVED, "", 2)
    assert refused.value.faults[0].code == "round.rubric_gone"
    await round_decisions.recall_round(province, GUO.actor, CODE)
    with pytest.raises(RoundRefused):
        await round_decisions.submit_round(province, GUO.actor, CODE, 3)


def amendment(**changes) -> Amendment:
    given = {"name": Text("十二月", "December"), "theme": Text("", ""), "ends_on": date(2027, 1, 9)}
    return Amendment(**given | changes)


async def test_an_open_round_may_last_longer_and_be_worded_better(province):
    await an_approved(province)
    revision = (await round_rows.find_round(CODE)).revision
    await round_drafts.amend_round(province, GUO.actor, CODE, amendment(), revision)
    assert (await events())[-1] == (
        "round.amend",
        {
            "code": CODE,
            "changes": {
                "name_zh": ["2026年12月暗访", "十二月"],
                "name_en": ["December 2026", "December"],
                "ends_on": ["2026-12-31", "2027-01-09"],
            },
        },
    )
    with pytest.raises(RoundChanged):
        await round_drafts.amend_round(province, GUO.actor, CODE, amendment(), revision)


async def test_the_wording_of_an_open_round_changes_without_its_days(province):
    await an_approved(province)
    before = await round_rows.find_round(CODE)
    worded = amendment(ends_on=before.ends_on)
    await round_drafts.amend_round(province, GUO.actor, CODE, worded, before.revision)
    _, told = (await events())[-1]
    assert sorted(told["changes"]) == ["name_en", "name_zh"]


@pytest.mark.parametrize(
    ("ends_on", "code"),
    [
        (date(2026, 12, 30), "round.end_earlier"),
        (date(2029, 1, 1), "round.days_too_many"),
    ],
)
async def test_an_open_round_ends_neither_earlier_nor_in_years(province, ends_on, code):
    await an_approved(province)
    with pytest.raises(RoundRefused) as refused:
        await round_drafts.amend_round(province, GUO.actor, CODE, amendment(ends_on=ends_on), 3)
    assert [fault.code for fault in refused.value.faults] == [code]


async def test_the_rules_of_an_open_round_stand(province):
    await an_approved(province)
    with pytest.raises(MoveRefused):
        await round_drafts.edit_round(province, GUO.actor, CODE, await a_plan(min_visits=2), 3)


async def test_a_locked_round_is_unlocked_for_a_reason(province):
    await published(province, Result(store="A", total=9000))
    await round_decisions.close_round(province, GUO.actor, ROUND)
    assert await state(ROUND) == "locked"
    assert {row["state"] for row in await run("SELECT state FROM visit")} == {"locked"}
    with pytest.raises(RoundReasonMissing):
        await round_decisions.reopen_round(province, GUO.actor, ROUND, "")
    await round_decisions.reopen_round(province, GUO.actor, ROUND, "申诉成立")
    assert await state(ROUND) == "open"
    assert {row["state"] for row in await run("SELECT state FROM visit")} == {"published"}
    *_, locked, unlocked = await audit.events_of("round", id_of(ROUND))
    assert (locked.action, unlocked.action) == ("round.lock", "round.unlock")
    assert "申诉成立" in unlocked.body
    with pytest.raises(MoveRefused):
        await round_decisions.reopen_round(province, GUO.actor, ROUND, "再次")


async def test_who_may_decide_is_told_that_a_round_waits(province):
    await an_account(province, HE)
    await a_draft(province)
    await round_decisions.submit_round(province, GUO.actor, CODE, 1)
    (row,) = await run("SELECT account, kind, noun_id FROM inbox_message")
    assert (row["account"], row["kind"], row["noun_id"]) == (HE.account, "round.waiting", CODE)
    await round_decisions.recall_round(province, GUO.actor, CODE)
    await round_decisions.submit_round(province, GUO.actor, CODE, 3)
    assert len(await run("SELECT id FROM inbox_message")) == 2


async def test_who_wrote_a_round_is_told_what_became_of_it(province):
    await a_submitted(province)
    verdict = RoundVerdict.VETOED
    await round_decisions.decide_round(province, HE.actor, CODE, verdict, "时段不妥", 2)
    (row,) = await run("SELECT account, noun_id FROM inbox_message WHERE kind = 'round.decided'")
    assert (row["account"], row["noun_id"]) == (GUO.account, CODE)


async def test_what_waits_is_counted_for_those_who_may_decide(province):
    await a_submitted(province)
    assert await awaited_of(HE.actor) == Awaited(rounds=1)
    for person in (GUO, WANG, LI, CHEN):
        assert await awaited_of(person.actor) == Awaited()
    branch = msgspec.structs.replace(HE, region=LANZHOU)
    assert await awaited_of(branch.actor) == Awaited()
    await run("UPDATE round SET region_path = '' WHERE code = ?", CODE)
    assert await awaited_of(HE.actor) == Awaited(rounds=1)
    assert await awaited_of(branch.actor) == Awaited()
