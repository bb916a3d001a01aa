"""Rounds on the screen: drafted, changed, submitted, decided about, amended, locked, unlocked."""

from datetime import date

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    RoundChanged,
    RoundExists,
    RoundOwn,
    RoundReasonMissing,
    RoundRefused,
)
from inspection.domain.refusals.proposals import PlanRoundClosed
from inspection.domain.rounds.round_decision import RoundVerdict
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.audit import audit
from inspection.persistence.rounds import plans, round_rows
from inspection.persistence.statements import run
from inspection.services.rounds import (
    round_decisions,
    round_details,
    round_drafts,
    round_list,
    round_planning,
)
from inspection.services.rounds.awaited_decisions import Awaited, awaited_of
from inspection.services.rounds.round_drafts import Amendment
from tests.cast import CHEN, EARLIER_ROUND, GUO, LANZHOU, LI, REGION_PATHS, ROUND, WANG, ZHAO
from tests.cast import round_id as id_of
from tests.makers import an_account
from tests.rankable import Result, published
from tests.rounding import CODE, HE, a_draft, a_plan, a_submitted, an_approved


async def events(code: str = CODE) -> list[tuple[str, dict]]:
    found = await round_rows.find_round(code)
    return [
        (event.action, msgspec.json.decode(event.body))
        for event in await audit.events_of("round", found.id)
    ]


async def state(code: str = CODE) -> str:
    return (await round_rows.find_round(code)).state


async def test_a_draft_is_kept_with_who_wrote_it_and_what_it_says(province):
    await a_draft(province, pass_line=8500, theme=Text("窗口", "Windows"), pilot=True, previous="")
    found = await round_rows.find_round(CODE)
    assert (found.state, found.pass_line, found.pilot, found.theme_zh) == (
        "draft",
        8500,
        True,
        "窗口",
    )
    assert found.region_path == GUO.actor.region_path
    assert round_drafts.authors_of(found) == {GUO.account}
    ((action, body),) = await events()
    assert action == "round.draft"
    assert body["changes"]["pass_line"] == [None, 8500]
    assert set(body["changes"]["rubrics"][1]) == {"customer_club", "storefront"}


@pytest.mark.parametrize("person", [LI, CHEN])
async def test_inspectors_and_stores_plan_nothing(province, person):
    with pytest.raises(NotAllowed):
        await a_draft(province, person)
    with pytest.raises(NotAllowed):
        await round_details.round_of(person.actor, ROUND)


async def test_a_manager_drafts_for_the_own_branch_only(province):
    await a_draft(province, WANG)
    assert (await round_rows.find_round(CODE)).region_path == REGION_PATHS[LANZHOU]
    for path in (GUO.actor.region_path, ZHAO.actor.region_path, "/620000/620100/999999/"):
        with pytest.raises(RoundRefused) as refused:
            await a_draft(province, WANG, code="x", region_path=path)
        assert refused.value.faults[0].code == "round.region_unknown"


async def test_a_code_is_one_rounds(province):
    with pytest.raises(RoundExists):
        await a_draft(province, code=ROUND)
    await a_draft(province)
    with pytest.raises(RoundExists):
        await round_drafts.edit_round(province, GUO.actor, CODE, await a_plan(code=ROUND), 1)
    with pytest.raises(RoundRefused):
        await a_draft(province, code="new")


@pytest.mark.parametrize(
    ("rubrics", "fault"),
    [((), "round.rubric_none"), (("0" * 64,), "round.rubric_gone")],
)
async def test_a_round_needs_rubrics_that_are_there(province, rubrics, fault):
    with pytest.raises(RoundRefused) as refused:
        await a_draft(province, rubrics=rubrics)
    assert [found.code for found in refused.value.faults] == [fault]


async def test_a_kind_of_store_has_one_rubric(province):
    (club, _) = (await a_plan()).rubrics
    await run("UPDATE rubric_version SET store_kind = 'customer_club'")
    with pytest.raises(RoundRefused) as refused:
        await a_draft(province)
    assert [found.code for found in refused.value.faults] == ["round.rubric_twice"]
    assert club


async def test_a_change_names_old_and_new_and_another_hand(province):
    await a_draft(province, WANG)
    plan = await a_plan(min_visits=3, region_path=REGION_PATHS[LANZHOU])
    await round_drafts.edit_round(
        province, GUO.actor, CODE, msgspec.structs.replace(plan, rubrics=plan.rubrics[:1]), 1
    )
    found = await round_rows.find_round(CODE)
    assert (found.min_visits, found.revision) == (3, 2)
    assert round_drafts.authors_of(found) == {WANG.account, GUO.account}
    assert list(await plans.rubrics_of(found.id)) == ["customer_club"]
    _, (action, body) = await events()
    assert (action, set(body["changes"])) == ("round.edit", {"min_visits", "rubrics"})
    assert body["changes"]["min_visits"] == [1, 3]


async def test_nobody_writes_over_what_they_have_not_seen(province):
    await a_draft(province)
    await round_drafts.edit_round(province, GUO.actor, CODE, await a_plan(min_visits=2), 1)
    with pytest.raises(RoundChanged):
        await round_drafts.edit_round(province, GUO.actor, CODE, await a_plan(min_visits=3), 1)
    assert (await round_rows.find_round(CODE)).min_visits == 2


async def test_another_branchs_round_is_missing(province):
    await a_draft(province, WANG)
    with pytest.raises(NotFound):
        await round_details.round_of(ZHAO.actor, CODE)
    with pytest.raises(NotFound):
        await round_drafts.edit_round(province, ZHAO.actor, CODE, await a_plan(), 1)
    with pytest.raises(NotFound):
        await round_drafts.edit_round(province, GUO.actor, "1999-01", await a_plan(), 1)


async def test_a_manager_sees_the_provinces_round_and_cannot_change_it(province):
    await a_draft(province)
    found = await round_details.round_of(WANG.actor, CODE)
    assert (found.moves, found.is_own) == (frozenset(), False)
    with pytest.raises(NotFound):
        await round_decisions.submit_round(province, WANG.actor, CODE, 1)


async def test_a_round_without_a_region_belongs_to_the_one_top(province):
    await run("UPDATE round SET region_path = '', state = 'draft' WHERE code = ?", ROUND)
    assert "edit" in (await round_details.round_of(GUO.actor, ROUND)).moves
    assert (await round_details.round_of(WANG.actor, ROUND)).moves == frozenset()
    await run("UPDATE region SET parent = NULL WHERE level = 'branch'")
    assert (await round_details.round_of(GUO.actor, ROUND)).moves == frozenset()


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


async def test_an_open_round_never_ends_earlier(province):
    await an_approved(province)
    with pytest.raises(RoundRefused) as refused:
        await round_drafts.amend_round(
            province, GUO.actor, CODE, amendment(ends_on=date(2026, 12, 30)), 3
        )
    assert [fault.code for fault in refused.value.faults] == ["round.end_earlier"]


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


async def test_a_form_offers_what_may_be_chosen(province):
    await run("UPDATE round SET pilot = TRUE WHERE code = ?", EARLIER_ROUND)
    options = await round_details.round_options(WANG.actor)
    assert {kind: len(found) for kind, found in options.rubrics.items()} == {
        "customer_club": 1,
        "storefront": 1,
    }
    assert [region.path for region in options.regions] == [REGION_PATHS[LANZHOU]]
    assert [code for code, _ in options.previous] == [ROUND]


async def test_a_draft_is_discarded_out_of_the_list_and_taken_up_again(province):
    await a_draft(province)
    before = await round_list.round_list(GUO.actor, ListAsked())
    await round_decisions.discard_round(province, GUO.actor, CODE, 1)
    assert await state() == "discarded"
    after = await round_list.round_list(GUO.actor, ListAsked())
    assert {row.code for row in before.rows} - {row.code for row in after.rows} == {CODE}
    assert after.total == before.total - 1
    found = await round_list.round_list(GUO.actor, ListAsked(), "discarded")
    assert [row.code for row in found.rows] == [CODE]
    await round_decisions.restore_round(province, GUO.actor, CODE)
    assert await state() == "draft"
    said = [(action, body["changes"].get("state")) for action, body in await events()]
    assert said[1:] == [
        ("round.discard", ["draft", "discarded"]),
        ("round.restore", ["discarded", "draft"]),
    ]


async def test_nobody_discards_what_they_have_not_seen_or_what_is_no_draft(province):
    await a_draft(province)
    with pytest.raises(RoundChanged):
        await round_decisions.discard_round(province, GUO.actor, CODE, 7)
    for code in (ROUND, EARLIER_ROUND):
        found = await round_rows.find_round(code)
        with pytest.raises(MoveRefused):
            await round_decisions.discard_round(province, GUO.actor, code, found.revision)
    with pytest.raises(MoveRefused):
        await round_decisions.restore_round(province, GUO.actor, CODE)
    with pytest.raises(NotFound):
        await round_decisions.discard_round(province, ZHAO.actor, CODE, 1)


async def test_a_discarded_draft_is_neither_edited_nor_planned(province):
    await a_draft(province)
    await round_decisions.discard_round(province, GUO.actor, CODE, 1)
    with pytest.raises(MoveRefused):
        await round_drafts.edit_round(province, GUO.actor, CODE, await a_plan(), 2)
    with pytest.raises(PlanRoundClosed):
        await round_planning.start_plan(province, GUO.actor, CODE, round_planning.PlanWish())


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
