"""Lists of rubrics: codes, versions with rounds and names, drafts by state, decisions by month."""

import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.rubrics.rubric_draft import DraftState
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.persistence.statements import run
from inspection.services.rubrics.rubric_approvals import (
    Judgement,
    decide_draft,
    publish_draft,
    submit_draft,
)
from inspection.services.rubrics.rubric_comparisons import base_of, sides
from inspection.services.rubrics.rubric_drafts import draft_of, start_draft
from inspection.services.rubrics.rubric_lists import (
    decision_months,
    decisions_about,
    draft_page,
    may_draft,
    may_see_drafts,
    rubric_history,
    rubric_page,
    version_view,
)
from inspection.services.rubrics.rubric_withdrawals import withdraw_version
from tests.cast import CHEN, GUO, LI, REGION_PATHS, ROUND, SUN, TIANSHUI, WANG, ZHAO
from tests.domain.sheets import KC
from tests.rubric_drafting import HE, NEW, TIAN, a_draft

EVERYTHING = ListAsked()


async def published(tools, draft):
    """Have a draft approved and published; its digest."""
    await submit_draft(tools, GUO.actor, draft, 1)
    await decide_draft(tools, SUN.actor, draft, Judgement(decision="approve", seen=1))
    return (await publish_draft(tools, GUO.actor, draft)).digest


async def test_each_code_is_listed_once_with_its_version_in_force(province, club):
    second = await published(province, await a_draft(province, club))
    await a_draft(province, second, edition="2028")
    found = await rubric_page(WANG.actor, EVERYTHING)
    assert [(row.code, row.number, row.state, row.versions, row.drafts) for row in found.rows] == [
        ("KC", 2, "published", 2, 1),
        ("KH", 1, "published", 1, 0),
    ]
    assert [row.code for row in (await rubric_page(GUO.actor, ListAsked(q="营业厅"))).rows] == [
        "KH"
    ]
    by_versions = await rubric_page(GUO.actor, ListAsked(sort="-versions", size=1))
    assert [row.code for row in by_versions.rows] == ["KC"]
    assert by_versions.next_cursor


async def test_a_code_whose_versions_were_all_withdrawn_shows_the_last(province, club):
    await withdraw_version(province, GUO.actor, club, "停用")
    (club_row, _) = (await rubric_page(GUO.actor, EVERYTHING)).rows
    assert (club_row.code, club_row.number, club_row.state) == ("KC", 1, "withdrawn")
    found = await rubric_history(GUO.actor, "KC", EVERYTHING)
    assert found.in_force is None
    assert found.withdrawals[club].reason == "停用"
    assert found.title == KC.title


async def test_the_history_says_who_published_approved_and_where_it_is_used(province, club):
    second = await published(province, await a_draft(province, club))
    found = await rubric_history(SUN.actor, "KC", EVERYTHING)
    assert [(row.number, row.publisher, row.approver, row.state) for row in found.rows] == [
        (2, GUO.name, SUN.name, "published"),
        (1, "", "", "superseded"),
    ]
    assert [use.code for use in found.rounds[club]] == [ROUND, "2026-10"]
    assert second not in found.rounds
    assert found.in_force is not None
    assert found.in_force.digest == second


async def test_rounds_of_another_region_are_not_named(province, club):
    await run("UPDATE round SET region_path = ? WHERE code = ?", REGION_PATHS[TIANSHUI], ROUND)
    used = {}
    for person in (GUO, WANG, ZHAO):
        history = await rubric_history(person.actor, "KC", EVERYTHING)
        used[person.name] = [use.code for use in history.rounds[club]]
    assert used == {
        GUO.name: [ROUND, "2026-10"],
        WANG.name: ["2026-10"],
        ZHAO.name: [ROUND, "2026-10"],
    }


async def test_what_is_unknown_is_missing(province, club):
    with pytest.raises(NotFound):
        await rubric_history(GUO.actor, "ZZ", EVERYTHING)
    with pytest.raises(NotFound):
        await version_view(GUO.actor, "0" * 64)


async def test_a_version_to_read_says_what_the_reader_may_do(province, club):
    offers = {}
    for person in (GUO, TIAN, SUN, WANG):
        view = await version_view(person.actor, club)
        assert view.rubric == KC
        offers[person.name] = (view.can_withdraw, view.can_draft)
    assert offers == {
        GUO.name: (True, True),
        TIAN.name: (False, False),
        SUN.name: (False, False),
        WANG.name: (False, False),
    }
    await withdraw_version(province, GUO.actor, club, "停用")
    view = await version_view(GUO.actor, club)
    assert view.withdrawal is not None
    assert (view.withdrawal.name, view.can_withdraw) == (GUO.name, False)


async def test_drafts_are_listed_by_state_and_searched(province, club, clock):
    first = await a_draft(province, club)
    clock.go_on(minutes=1)
    new = await start_draft(province, HE.actor, NEW)
    await submit_draft(province, GUO.actor, first, 1)
    found = await draft_page(SUN.actor, EVERYTHING)
    assert [(row.id, row.author, row.base_number) for row in found.rows] == [
        (new, HE.name, None),
        (first, GUO.name, 1),
    ]
    assert found.counts == {DraftState.SUBMITTED: 1, DraftState.EDITING: 1}
    waiting = await draft_page(SUN.actor, EVERYTHING, DraftState.SUBMITTED)
    assert [row.id for row in waiting.rows] == [first]
    named = await draft_page(SUN.actor, ListAsked(q="何志强 xy"))
    assert [row.id for row in named.rows] == [new]
    assert [row.id for row in (await draft_page(GUO.actor, EVERYTHING, code="KC")).rows] == [first]


async def test_vetoes_are_counted_by_month(province, club, clock):
    draft = await a_draft(province, club)
    for decision in ("veto", "veto", "approve"):
        await submit_draft(province, GUO.actor, draft, 1)
        judgement = Judgement(decision=decision, seen=1, reason="理由")
        await decide_draft(province, SUN.actor, draft, judgement)
        clock.go_on(days=20)
    found = await decision_months(province, GUO.actor)
    assert [(month.month, month.decided, month.vetoed) for month in found] == [
        ("2026-12", 2, 1),
        ("2026-11", 1, 1),
    ]
    assert len(await decisions_about(SUN.actor, draft)) == 3
    clock.go_on(days=400)
    assert await decision_months(province, GUO.actor) == ()


async def test_a_draft_is_looked_at_beside_the_version_in_force(province, club):
    draft = await a_draft(province, club)
    found = await draft_of(GUO.actor, draft)
    base = await base_of(GUO.actor, found)
    assert base.row is not None
    assert (base.row.digest, base.document) == (club, document_of(KC))
    second = await published(province, draft)
    base = await base_of(GUO.actor, await draft_of(GUO.actor, draft))
    assert base.row is not None
    assert base.row.digest == club
    new = await draft_of(GUO.actor, await start_draft(province, GUO.actor, NEW))
    assert (await base_of(GUO.actor, new)).row is None
    before, after = await sides(WANG.actor, club, second)
    assert (before.document["edition"], after.document["edition"]) == ("2026", "2027")
    _, after = await sides(GUO.actor, club, draft)
    assert after.draft == draft


async def test_only_versions_are_compared_by_those_who_see_no_drafts(province, club):
    draft = await a_draft(province, club)
    with pytest.raises(NotAllowed):
        await sides(WANG.actor, club, draft)
    for old, new in ((club, "none"), ("none", club)):
        with pytest.raises(NotFound):
            await sides(GUO.actor, old, new)


async def test_who_may_look(province, club):
    for person in (LI, CHEN):
        with pytest.raises(NotAllowed):
            await rubric_page(person.actor, EVERYTHING)
        with pytest.raises(NotAllowed):
            await draft_page(person.actor, EVERYTHING)
    with pytest.raises(NotFound):
        await draft_page(TIAN.actor, EVERYTHING)
    assert [may_draft(person.actor) for person in (GUO, TIAN, SUN, WANG)] == [
        True,
        False,
        False,
        False,
    ]
    assert [may_see_drafts(person.actor) for person in (GUO, TIAN, SUN, WANG)] == [
        True,
        False,
        True,
        False,
    ]
