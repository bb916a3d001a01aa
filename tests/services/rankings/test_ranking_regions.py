"""Regions beside each other: means of stores, coverage, change."""

import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.statements import run
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import region_averages, region_choices
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    EARLIER_ROUND,
    GUO,
    LANZHOU,
    PROVINCE,
    QINZHOU,
    REGION_PATHS,
    TIANSHUI,
    WANG,
    ZHAO,
)
from tests.rankable import Result, expected, published

CLUBS = RankingAsked(store_kind="customer_club")


async def some_results(tools):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(
        tools,
        Result(store="a", total=9000, round=EARLIER_ROUND, region=CHENGGUAN),
        Result(store="a", total=9500, region=CHENGGUAN),
        Result(store="b", total=9001, region=ANNING),
        Result(store="c", total=9800, region=QINZHOU),
    )


async def test_the_branches_of_the_province_by_the_mean_of_their_stores(province):
    await some_results(province)
    await expected(("d", "open"), region=QINZHOU)
    found = await region_averages(GUO.actor, CLUBS)
    assert [
        (r.region.code, r.average, r.change, r.ranked, r.expected, r.covered, r.rank) for r in found
    ] == [
        (LANZHOU, 9251, 251, 2, 2, True, 1),
        (TIANSHUI, 9800, None, 1, 2, False, None),
    ]


async def test_the_counties_of_a_branch(province):
    await some_results(province)
    found = await region_averages(WANG.actor, CLUBS)
    assert [(r.region.code, r.average, r.rank) for r in found] == [
        (CHENGGUAN, 9500, 1),
        (ANNING, 9001, 2),
    ]


async def test_a_county_compares_with_itself(province):
    await some_results(province)
    asked = RankingAsked(store_kind="customer_club", region_path=REGION_PATHS[ANNING])
    assert [r.region.code for r in await region_averages(WANG.actor, asked)] == [ANNING]


async def test_a_region_without_results_is_shown_empty(province):
    (_, found) = await region_averages(GUO.actor, CLUBS)
    assert (found.region.code, found.average, found.ranked, found.rank) == (TIANSHUI, None, 0, None)


async def test_another_region_looks_missing(province):
    asked = RankingAsked(store_kind="customer_club", region_path=REGION_PATHS[LANZHOU])
    with pytest.raises(NotFound):
        await region_averages(ZHAO.actor, asked)


async def test_the_regions_to_choose_from_are_the_own_ones_widest_first(province):
    assert [r.code for r in await region_choices(WANG.actor)] == [LANZHOU, CHENGGUAN, ANNING]
    assert [r.code for r in await region_choices(GUO.actor)] == [
        PROVINCE,
        LANZHOU,
        TIANSHUI,
        CHENGGUAN,
        ANNING,
        QINZHOU,
    ]
    with pytest.raises(NotAllowed):
        await region_choices(CHEN.actor)


async def test_a_second_province_is_out_of_sight(province):
    await run(
        "INSERT INTO region (id, parent, level, code, name_zh, name_en, path)"
        " VALUES ('x', NULL, 'province', '630000', '青海', 'Qinghai', '/630000/')"
    )
    await some_results(province)
    assert len(await region_averages(GUO.actor, CLUBS)) == 2
