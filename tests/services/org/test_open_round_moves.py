"""A round that is open while a store or its county moves."""

import pytest

from inspection.domain.org.region import NewRegion, RegionNames
from inspection.domain.refusals import NotFound
from inspection.persistence.rounds import assignments
from inspection.persistence.statements import run
from inspection.services.notices.notice_list import staff_notice_list
from inspection.services.notices.notice_list_results import NoticesAsked
from inspection.services.notices.notices import notice_of
from inspection.services.org.region_editing import create_region
from inspection.services.org.store_editing import move_store
from inspection.services.rankings.rankings import ranking_page, region_averages
from inspection.services.visits import visits
from tests.cast import (
    ANNING,
    CHENGGUAN,
    CLUB,
    EARLIER_ROUND,
    GUO,
    LANZHOU,
    LI,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    TIANSHUI,
    WANG,
    ZHAO,
    assignment_id,
    store_id,
)
from tests.rankable import Result, expected, published
from tests.receiving import rows_of, send
from tests.reviewing import a_visit, approve
from tests.services.org.moved import a_finished_round, asked, move_county
from tests.submissions import a_submission


async def test_an_open_round_keeps_a_store_it_visited_and_lets_the_others_go(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(province, Result(store="a", total=9700))
    await expected(("e", "open"))
    for store in ("a", "e"):
        await move_store(province, GUO.actor, store, QINZHOU)
    await run("UPDATE round SET min_visits = 2")
    second = Result(store="a", total=9500, region=CHENGGUAN)
    await published(province, Result(store="z", total=1, round=EARLIER_ROUND), second)
    found = await region_averages(GUO.actor, asked(ROUND))
    assert [(each.region.code, each.expected) for each in found] == [(LANZHOU, 1), (TIANSHUI, 1)]
    (standing,) = await run("SELECT * FROM standing WHERE store = 'store-a'")
    assert (standing["visits"], standing["region_path"]) == (2, REGION_PATHS[CHENGGUAN])


async def test_a_round_whose_days_are_over_keeps_a_store_nobody_went_to(province, clock):
    await expected(("e", "open"))
    clock.go_on(days=13)
    await move_store(province, GUO.actor, "e", QINZHOU)
    page = await ranking_page(province, WANG.actor, asked(ROUND))
    assert "e" in [row.store.code for row in page.unranked]


async def test_a_visit_sent_after_the_move_counts_where_the_store_is(province):
    await move_store(province, GUO.actor, CLUB, QINZHOU)
    await send(province, a_submission())
    (visit,) = await rows_of("visit")
    assert visit["region_path"] == REGION_PATHS[QINZHOU]


async def test_a_visit_sent_before_stays_and_so_does_its_notice(province):
    visit = await a_visit(province)
    await move_store(province, GUO.actor, CLUB, QINZHOU)
    notice = (await approve(province, visit)).notice
    assert (await notice_of(province, WANG.actor, notice)).id == notice
    with pytest.raises(NotFound):
        await notice_of(province, ZHAO.actor, notice)
    listed = await staff_notice_list(province, WANG.actor, NoticesAsked())
    assert [row.store.county.en for row in listed.rows] == ["Chengguan"]
    assert (await staff_notice_list(province, ZHAO.actor, NoticesAsked())).rows == ()


async def test_a_visit_on_its_way_while_the_store_moves_looks_again(province, monkeypatch):
    judge = visits.judge

    async def meanwhile(*arguments):
        accepted = await judge(*arguments)
        if accepted.assignment.region_path == REGION_PATHS[CHENGGUAN]:
            await move_store(province, GUO.actor, CLUB, QINZHOU)
        return accepted

    monkeypatch.setattr(visits, "judge", meanwhile)
    await send(province, a_submission())
    (visit,) = await rows_of("visit")
    assert visit["region_path"] == REGION_PATHS[QINZHOU]
    (row,) = await run("SELECT state FROM assignment WHERE id = ?", assignment_id(LI, CLUB))
    assert row["state"] == "submitted"


async def test_a_moved_county_keeps_an_open_round_together(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(province, Result(store="a", total=9700))
    await expected(("e", "open"))
    await move_county(province)
    found = await region_averages(GUO.actor, asked(ROUND))
    assert [(each.region.code, each.expected) for each in found] == [(LANZHOU, 2), (TIANSHUI, 0)]


async def test_a_county_that_was_made_later_is_not_in_an_old_round_unless_open_and_empty(province):
    await a_finished_round(province)
    names = RegionNames(name_zh="七里河区", name_en="Qilihe")
    new = NewRegion(code="620103", parent=LANZHOU, names=names)
    await create_region(province, GUO.actor, new)
    await run("UPDATE region SET state = 'closed' WHERE code = '620103'")
    found = await region_averages(GUO.actor, asked(EARLIER_ROUND, REGION_PATHS[LANZHOU]))
    assert [each.region.code for each in found] == [CHENGGUAN, ANNING]


async def test_the_phone_is_told_where_the_store_is_now(province):
    await move_store(province, GUO.actor, CLUB, QINZHOU)
    rows = await assignments.list_assignments(LI.account)
    place = next(row.region_en for row in rows if row.store == store_id(CLUB))
    assert place == "Tianshui Qinzhou"
