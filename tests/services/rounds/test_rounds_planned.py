"""Rounds that are planned still, are pilots, or belong to one branch, as all others see them."""

import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence.statements import run
from inspection.services.imports.assignment_plans import import_assignments
from inspection.services.notices.notice_list import staff_notice_list
from inspection.services.notices.notice_list_results import NoticesAsked
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_page, round_choices
from inspection.services.rounds.assignments import my_assignments
from tests.cast import CLUB, EARLIER_ROUND, GUO, LANZHOU, LI, REGION_PATHS, ROUND, WANG, ZHAO
from tests.rankable import Result, logged, published

KIND = {"store_kind": "customer_club"}


async def change(**columns: object) -> None:
    """Change the round of November."""
    sets = ", ".join(f"{name} = ?" for name in columns)
    await run(f"UPDATE round SET {sets} WHERE code = ?", *columns.values(), ROUND)
    await logged()


async def page_of(tools, person=GUO, code=""):
    return await ranking_page(tools, person.actor, RankingAsked(round=code, **KIND))


@pytest.mark.parametrize("state", ["draft", "submitted"])
async def test_a_round_that_is_planned_is_in_no_ranking_and_on_no_phone(province, state):
    await change(state=state)
    assert (await page_of(province)).round.code == EARLIER_ROUND
    assert [choice.round.code for choice in await round_choices(GUO.actor)] == [EARLIER_ROUND]
    with pytest.raises(NotFound):
        await page_of(province, code=ROUND)
    mine = await my_assignments(LI.actor)
    assert (mine.assignments, mine.round) == ((), None)


async def test_nobody_is_sent_out_before_the_round_is_approved(province):
    await change(state="submitted")
    report = await import_assignments(province, ROUND, f"store,inspector\n{CLUB},ma".encode(), None)
    assert [fault.code for fault in report.faults] == ["sheet.round_not_open"]


async def test_a_pilot_shows_scores_and_no_places(province):
    await change(pilot=True)
    await published(province, Result(store="A", total=9300), Result(store="B", total=9100))
    page = await page_of(province)
    assert (page.rows, page.round.pilot, page.kpis.scored) == ((), True, 0)
    listed = [(store.store.code, store.why, store.score) for store in page.unranked][:2]
    assert listed == [("A", "pilot", 9300), ("B", "pilot", 9100)]


async def test_the_line_of_a_round_is_what_its_stores_are_held_against(province):
    await published(province, Result(store="A", total=9300), Result(store="B", total=8600))
    assert (await page_of(province)).kpis.below_line == 1
    await change(pass_line=8500)
    kpis = (await page_of(province)).kpis
    assert (kpis.line, kpis.below_line) == (8500, 0)


async def test_a_round_of_one_branch_is_not_another_branchs(province):
    await change(region_path=REGION_PATHS[LANZHOU])
    assert (await page_of(province, WANG)).round.code == ROUND
    assert (await page_of(province, ZHAO)).round.code == EARLIER_ROUND
    assert ROUND not in {choice.round.code for choice in await round_choices(ZHAO.actor)}
    with pytest.raises(NotFound):
        await page_of(province, ZHAO, ROUND)
    with pytest.raises(NotFound):
        await staff_notice_list(province, ZHAO.actor, NoticesAsked(round=ROUND))
