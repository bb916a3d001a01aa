"""Who sees which part of a ranking."""

import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.statements import run
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_page, ranking_table, round_choices
from inspection.wording import Language
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    EARLIER_ROUND,
    GUO,
    LANZHOU,
    LI,
    PROVINCE,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    SUN,
    TIANSHUI,
    WANG,
    ZHAO,
)
from tests.rankable import Result, expected, published


def asked(**changes) -> RankingAsked:
    return RankingAsked(**({"store_kind": "customer_club"} | changes))


async def page_of(tools, person=GUO, **changes):
    return await ranking_page(tools, person.actor, asked(**changes))


async def two_branches(tools):
    await published(
        tools,
        Result(store="L1", total=9500, region=CHENGGUAN),
        Result(store="T1", total=9800, region=QINZHOU),
        Result(store="T2", total=9600, region=QINZHOU),
        Result(store="L2", total=9000, region=ANNING),
    )


async def test_a_manager_sees_the_own_branch_with_the_place_among_all(province):
    await two_branches(province)
    page = await page_of(province, WANG)
    assert [(r.rank, r.region_rank, r.store.code) for r in page.rows] == [
        (3, 1, "L1"),
        (4, 2, "L2"),
    ]
    assert (page.ranked, page.ranked_overall, page.region.code) == (2, 4, LANZHOU)
    assert page.kpis.average == 9250
    assert [row.gap for row in page.rows] == [0, -500]


async def test_the_province_shows_the_place_in_each_branch(province):
    await two_branches(province)
    page = await page_of(province, SUN)
    assert [(r.rank, r.region_rank, r.store.code) for r in page.rows] == [
        (1, 1, "T1"),
        (2, 2, "T2"),
        (3, 1, "L1"),
        (4, 2, "L2"),
    ]
    assert (page.region.code, page.ranked_overall) == (PROVINCE, 4)


async def test_a_county_is_a_list_of_its_own(province):
    await two_branches(province)
    page = await page_of(province, WANG, region_path=REGION_PATHS[ANNING])
    assert [(r.rank, r.region_rank, r.store.code) for r in page.rows] == [(4, 1, "L2")]
    assert (page.kpis.scored, page.kpis.average) == (1, 9000)


async def test_one_ownership_is_a_list_of_its_own(province):
    await two_branches(province)
    await run("UPDATE standing SET ownership = 'partner' WHERE store_code IN ('T1', 'L2')")
    await run("UPDATE store SET ownership = 'partner' WHERE code IN ('T1', 'L2')")
    await expected(("N1", "open"))
    page = await page_of(province, GUO, ownership="own")
    assert [(r.rank, r.region_rank, r.store.code) for r in page.rows] == [
        (1, 1, "T2"),
        (2, 1, "L1"),
    ]
    assert (page.kpis.scored, page.kpis.average) == (2, 9550)
    assert "N1" in {row.store.code for row in page.unranked}
    partners = await page_of(province, GUO, ownership="partner")
    assert ([r.store.code for r in partners.rows], partners.unranked) == (["T1", "L2"], ())
    whole = await page_of(province, GUO)
    assert whole.kpis.expected == page.kpis.expected + partners.kpis.expected
    assert partners.kpis.expected == 2
    table = await ranking_table(province, GUO.actor, asked(ownership="partner"), Language.ZH)
    assert [row[3] for row in table.rows] == ["T1", "L2"]


async def test_who_passed_is_counted_with_those_who_could_have(province):
    await two_branches(province)
    await published(
        province,
        Result(store="L3", total=9900, outcome="vetoed"),
        Result(store="L4", total=8999),
    )
    kpis = (await page_of(province, GUO)).kpis
    assert (kpis.passed, kpis.scored, kpis.pass_rate) == (4, 6, 6667)
    kpis = (await page_of(province, GUO, region_path=REGION_PATHS[ANNING])).kpis
    assert (kpis.passed, kpis.scored, kpis.pass_rate) == (1, 1, 10000)


async def test_another_branch_looks_missing(province):
    for path in (REGION_PATHS[LANZHOU], REGION_PATHS[PROVINCE], "/"):
        with pytest.raises(NotFound):
            await page_of(province, ZHAO, region_path=path)
    page = await page_of(province, ZHAO, region_path=REGION_PATHS[TIANSHUI])
    assert page.region.code == TIANSHUI


async def test_a_region_nobody_knows_is_missing(province):
    with pytest.raises(NotFound):
        await page_of(province, WANG, region_path=REGION_PATHS[LANZHOU] + "999999/")


@pytest.mark.parametrize("person", [LI, CHEN])
async def test_inspectors_and_stores_see_no_ranking(province, person):
    with pytest.raises(NotAllowed):
        await page_of(province, person)
    with pytest.raises(NotAllowed):
        await round_choices(person.actor)


async def test_what_is_not_planned_is_missing(province):
    with pytest.raises(NotFound):
        await page_of(province, round="2031-01")
    with pytest.raises(NotFound):
        await page_of(province, store_kind="kiosk")


async def test_nothing_asked_is_the_latest_round_and_its_first_kind(province):
    page = await ranking_page(province, GUO.actor)
    assert (page.round.code, page.store_kind) == (ROUND, "customer_club")


async def test_the_rounds_to_choose_from(province):
    assert [
        (choice.round.code, choice.store_kinds) for choice in await round_choices(GUO.actor)
    ] == [(code, ("customer_club", "storefront")) for code in (ROUND, EARLIER_ROUND)]
