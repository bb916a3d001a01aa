"""Scorecards and gaps: the numbers of the source text, and who may be compared with whom."""

import pytest

from inspection.domain.points import plain, signed
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.statements import run
from inspection.services.rankings.scorecard_exports import scorecard_tables
from inspection.services.rankings.scorecard_results import ScorecardAsked
from inspection.services.rankings.scorecards import scorecard_page
from inspection.wording import Language
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    GUO,
    LANZHOU,
    QINZHOU,
    REGION_PATHS,
    TIANSHUI,
    WANG,
    ZHAO,
)
from tests.goldens import CARD, the_club, the_two_branches
from tests.rankable import Result, published


def asked(**changes):
    return ScorecardAsked(**({"store_kind": "customer_club"} | changes))


async def test_the_club_of_2010_has_its_eighty_nine_and_a_half(province):
    await the_club(province)
    page = await scorecard_page(WANG.actor, asked(store="KC"))
    card = page.card
    assert [plain(cell.score) for cell in card.sections] == [
        *("20", "19.5", "13", "2", "10", "10", "15"),
    ]
    assert [plain(-cell.lost) for cell in card.sections] == ["0", "-0.5", "-8", "-2", "0", "0", "0"]
    assert (card.full, card.score, card.lost, card.summed) == (10_000, 8950, 1050, 8950)


async def test_its_gap_to_the_best_is_what_it_lost(province):
    await the_club(province)
    page = await scorecard_page(GUO.actor, asked(store="KC", against="best"))
    assert [signed(line.gap) for line in page.gaps] == ["−8", "−2", "−0.5", "0", "0", "0", "0"]
    assert (page.whole.gap, page.benchmark.store.code, page.benchmark.peers) == (-1050, "BEST", 1)


@pytest.mark.parametrize("against", ["named", "best", "top"])
async def test_the_five_gaps_of_the_source_text(province, against):
    await the_two_branches(province)
    named = REGION_PATHS[TIANSHUI] if against == "named" else against
    page = await scorecard_page(GUO.actor, asked(region_path=REGION_PATHS[LANZHOU], against=named))
    titles = {column.section: column.title.zh for column in page.columns}
    assert [(titles[line.section], signed(line.gap)) for line in page.gaps] == [
        ("网络", "−15.47"),
        ("俱乐部", "−10.3"),
        ("热线", "−6.71"),
        ("营业厅", "−5.95"),
        ("投诉", "+5.29"),
    ]
    assert page.benchmark.region.code == TIANSHUI
    assert signed(page.whole.gap) == "−33.14"


async def test_stores_are_compared_by_their_code_too(province):
    await the_two_branches(province)
    page = await scorecard_page(GUO.actor, asked(store="OURS", against="PEER"))
    assert signed(page.gaps[0].gap) == "−15.47"
    top = await scorecard_page(GUO.actor, asked(store="OURS"))
    assert (top.against, top.benchmark.peers, top.benchmark.store.code) == ("top", 1, "PEER")


async def test_the_top_quarter_of_many_stores_is_a_mean_and_the_best_may_be_several(province):
    part = {code: (marks, marks) for code, (marks, _) in CARD.items()}
    missing = {code: part[code] for code in part if code != "KC-X"}
    await published(
        province,
        *(Result(store=f"s{n}", total=9000 - n, sections=part) for n in range(6)),
        Result(store="t1", total=9500, sections=part),
        Result(store="t2", total=9500, sections=missing),
    )
    top = await scorecard_page(GUO.actor, asked(store="s0"))
    assert (top.benchmark.peers, top.whole.theirs, top.benchmark.store) == (2, 9500, None)
    assert {line.section: line.gap for line in top.gaps} == dict.fromkeys(CARD, 0)
    best = await scorecard_page(GUO.actor, asked(store="s0", against="best"))
    assert (best.benchmark.kind, best.benchmark.peers, best.whole.gap) == ("best", 2, -500)


async def test_a_list_without_places_has_no_top(province):
    await published(province, Result(store="thin", total=9000, rankable=False))
    page = await scorecard_page(GUO.actor, asked(store="thin"))
    assert (page.benchmark.peers, page.whole.theirs) == (0, None)


async def test_a_target_is_the_same_share_of_every_section(province):
    await the_club(province)
    page = await scorecard_page(GUO.actor, asked(store="KC", against="target"))
    facilities = next(line for line in page.gaps if line.section == "KC-F")
    assert (facilities.theirs, facilities.gap, page.benchmark.share) == (1890, -590, 9000)


async def test_the_whole_of_a_reader_has_no_peers_but_a_target(province):
    await the_club(province)
    page = await scorecard_page(WANG.actor, asked())
    assert (page.against, page.peers, page.card.stores) == ("target", (), 1)
    best = await scorecard_page(WANG.actor, asked(against="best"))
    assert (best.whole.theirs, best.whole.gap) == (None, None)


async def test_while_no_unit_has_a_place_the_target_is_what_a_unit_is_compared_with(province):
    await published(province, Result(store="thin", total=8000, rankable=False))
    page = await scorecard_page(GUO.actor, asked(region_path=REGION_PATHS[LANZHOU]))
    assert page.against == "target"
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(province, Result(store="a", total=8000))
    page = await scorecard_page(GUO.actor, asked(region_path=REGION_PATHS[LANZHOU]))
    assert (page.against, page.whole.gap) == ("top", 0)


async def test_counties_are_compared_with_counties(province):
    await published(
        province,
        Result(store="a", total=9500),
        Result(store="b", total=9000, region=ANNING),
        Result(store="c", total=9900, region=QINZHOU),
    )
    chosen = asked(region_path=REGION_PATHS[CHENGGUAN], against=REGION_PATHS[ANNING])
    page = await scorecard_page(WANG.actor, chosen)
    assert (page.whole.gap, [each.code for each in page.peers]) == (500, [ANNING])
    everywhere = await scorecard_page(GUO.actor, chosen)
    assert {each.code for each in everywhere.peers} == {ANNING, QINZHOU}


async def test_a_region_without_results_has_an_empty_card(province):
    page = await scorecard_page(GUO.actor, asked(region_path=REGION_PATHS[QINZHOU]))
    assert (page.card.score, page.card.lost, page.card.stores) == (None, None, 0)
    assert all(line.gap is None for line in page.gaps)


@pytest.mark.parametrize(
    "wanted",
    [
        {"store": "BEST"},
        {"store": "KC", "against": "BEST"},
        {"region_path": REGION_PATHS[QINZHOU]},
        {"region_path": REGION_PATHS[CHENGGUAN], "against": REGION_PATHS[QINZHOU]},
    ],
)
async def test_what_lies_elsewhere_looks_missing(province, wanted):
    await the_club(province)
    with pytest.raises(NotFound):
        await scorecard_page(WANG.actor, asked(**wanted))


async def test_store_staff_have_their_own_pages(province):
    with pytest.raises(NotAllowed):
        await scorecard_page(CHEN.actor, asked())


async def test_nothing_outside_the_own_region_changes_what_is_seen(province):
    await the_club(province)
    of_unit = asked(region_path=REGION_PATHS[QINZHOU], against="top")
    of_store = asked(store="BEST")
    before = [await scorecard_page(ZHAO.actor, each) for each in (of_unit, of_store)]
    await published(province, Result(store="x", total=9999, items={"KC-E-01": 100}))
    assert [await scorecard_page(ZHAO.actor, each) for each in (of_unit, of_store)] == before


async def test_a_file_has_both_tables(province):
    await the_club(province)
    page = await scorecard_page(GUO.actor, asked(store="KC", against="best"))
    gaps, card = scorecard_tables(page, Language.ZH)
    first = next(iter(gaps.rows))
    assert [str(cell) for cell in first] == [
        *("服务设施", "21.00", "13.00", "-8.00", "21.00", "-8.00"),
    ]
    assert [row[0] for row in card.rows] == ["满分", "得分", "失分"]
    assert [str(row[-1]) for row in card.rows] == ["100.00", "89.50", "-10.50"]
    *_, lost = card.rows
    assert [float(str(cell)) for cell in lost[1:-1]] == [0, -0.5, -8, -2, 0, 0, 0]
