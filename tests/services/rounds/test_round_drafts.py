"""Rounds on the screen: drafted, changed, discarded."""

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    RoundChanged,
    RoundExists,
    RoundRefused,
)
from inspection.domain.refusals.proposals import PlanRoundClosed
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.rounds import plans, round_rows
from inspection.persistence.statements import run
from inspection.services.rounds import (
    round_decisions,
    round_details,
    round_drafts,
    round_list,
    round_planning,
)
from tests.cast import CHEN, EARLIER_ROUND, GUO, LANZHOU, LI, REGION_PATHS, ROUND, WANG, ZHAO
from tests.rounding import CODE, a_draft, a_plan
from tests.services.rounds.followed_rounds import events, state


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
