"""A store's deductions: they add up to its sections, and say no more than was released."""

import msgspec
import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.statements import run
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_page
from inspection.services.rankings.store_losses import losses_of_store
from tests.cast import CHEN, CLUB, HALL, QINZHOU_CLUB, ROUND, SUN, WANG, ZHAO
from tests.rankable import Result, published
from tests.reviewing import an_issued, send_photo
from tests.submissions import a_photo


async def test_every_deduction_with_its_words_and_photos(province):
    await send_photo(province, a_photo(31))
    notice = (await an_issued(province, pictures=(a_photo(31),))).id
    found = await losses_of_store(WANG.actor, CLUB, ROUND)
    (ranked,) = (
        await ranking_page(province, WANG.actor, RankingAsked(store_kind="customer_club"))
    ).rows
    cells = {cell.section: cell.lost for cell in ranked.sections if cell.lost}
    assert {section.section: section.lost for section in found.sections} == cells
    each = [one for section in found.sections for one in section.deductions]
    assert sum(one.lost for one in each) == ranked.lost
    assert all(one.notice == notice and one.problem for one in each)
    assert any(one.photos for one in each)
    assert (found.score, found.visits) == (ranked.score, 1)


async def test_nothing_of_the_visit_itself_is_told(province):
    await an_issued(province)
    said = msgspec.json.encode(await losses_of_store(WANG.actor, CLUB, ROUND)).decode()
    for secret in ("account-li", "李思远", "A-017", "visit-"):
        assert secret not in said
    (visit,) = await run("SELECT id FROM visit")
    assert visit["id"] not in said


async def test_items_of_older_cards_and_losses_nobody_told_are_listed_by_their_code(province):
    await published(province, Result(store="x", total=9000, items={"OLD-1": 300, "KC-E-01": 100}))
    found = await losses_of_store(WANG.actor, "x", ROUND)
    (section,) = found.sections
    assert [
        (one.item, one.title.zh == one.item, one.standard is None) for one in section.deductions
    ] == [
        ("OLD-1", True, True),
        ("KC-E-01", False, False),
    ]
    assert {(one.notice, one.photos) for one in section.deductions} == {(None, 0)}


async def test_a_merged_line_tells_each_of_its_items(province):
    await an_issued(province)
    lines = await run("SELECT id, item, section, lost, problem FROM notice_line ORDER BY number")
    part = {"severity": "general", "requirement": "", "hours": 24}
    parts = [
        part | {name: line[name] for name in ("item", "section", "lost", "problem")}
        for line in lines
    ]
    await run("DELETE FROM notice_line WHERE id <> ?", lines[0]["id"])
    await run("UPDATE notice_line SET parts = ?", msgspec.json.encode(parts).decode())
    found = await losses_of_store(WANG.actor, CLUB, ROUND)
    assert {one.problem for section in found.sections for one in section.deductions} == {
        line["problem"] for line in lines
    }


async def test_a_store_without_results_has_an_empty_list(province):
    found = await losses_of_store(WANG.actor, HALL, ROUND)
    assert (found.sections, found.score, found.visits) == ((), None, 0)


async def test_other_regions_look_missing(province):
    await an_issued(province)
    for who, code in ((ZHAO, CLUB), (WANG, QINZHOU_CLUB), (SUN, "LZ-9999")):
        with pytest.raises(NotFound):
            await losses_of_store(who.actor, code, ROUND)
    with pytest.raises(NotAllowed):
        await losses_of_store(CHEN.actor, CLUB, ROUND)
