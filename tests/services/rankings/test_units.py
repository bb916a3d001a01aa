"""Cities and counties beside each other, for whoever may see them."""

import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.statements import run
from inspection.services.rankings.unit_exports import units_table
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.rankings.units import units_page
from inspection.wording import Language
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    EARLIER_ROUND,
    GUO,
    LANZHOU,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    TIANSHUI,
    WANG,
    ZHAO,
)
from tests.rankable import Result, expected, published


def asked(**changes):
    return UnitsAsked(**({"store_kind": "customer_club"} | changes))


async def some_results(tools):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(
        tools,
        Result(store="a", total=9000, round=EARLIER_ROUND),
        Result(store="c", total=9800, round=EARLIER_ROUND, region=QINZHOU),
        Result(store="a", total=9500),
        Result(store="b", total=8501, region=ANNING),
        Result(store="c", total=8999, region=QINZHOU),
    )


async def test_cities_by_the_mean_of_their_stores(province):
    await some_results(province)
    page = await units_page(GUO.actor, asked())
    assert [
        (r.region.code, r.rank, r.movement, r.average, r.change, r.passed, r.ranked)
        for r in page.rows
    ] == [(LANZHOU, 1, 1, 9001, 1, 1, 2), (TIANSHUI, 2, -1, 8999, -801, 0, 1)]
    assert (page.level, page.levels, page.line) == ("branch", ("branch", "county"), 9000)
    # Each store counts once: not the mean of the two cities.
    assert (page.whole.average, page.whole.pass_rate, page.whole.expected) == (9000, 3333, 3)


async def test_all_counties_of_the_province(province):
    await some_results(province)
    page = await units_page(GUO.actor, asked(level="county"))
    assert [(r.region.code, r.rank) for r in page.rows] == [
        (CHENGGUAN, 1),
        (QINZHOU, 2),
        (ANNING, 3),
    ]


async def test_the_parts_add_up_to_their_parent(province):
    await some_results(province)
    cities = await units_page(GUO.actor, asked())
    for city in cities.rows:
        below = await units_page(GUO.actor, asked(region_path=city.region.path))
        for name in ("ranked", "passed", "expected", "vetoed"):
            assert getattr(below.whole, name) == getattr(city, name)
            assert sum(getattr(row, name) for row in below.rows) == getattr(city, name)
        assert (below.whole.average, below.whole.lost) == (city.average, city.lost)
        assert below.whole.sections == city.sections


async def test_sections_are_means_with_their_change(province):
    await some_results(province)
    page = await units_page(WANG.actor, asked())
    environment, facilities = page.whole.sections[0], page.whole.sections[2]
    assert (environment.section, environment.lost, environment.stores) == ("KC-E", 999, 2)
    assert (facilities.section, facilities.score, facilities.change) == ("KC-F", 2100, 0)
    assert page.whole.sections[1].score is None


async def test_below_eight_in_ten_a_unit_is_listed_without_a_place(province):
    await some_results(province)
    await expected(("d", "open"), region=QINZHOU)
    page = await units_page(GUO.actor, asked())
    assert [(r.region.code, r.rank, r.ranked, r.expected) for r in page.rows] == [
        (LANZHOU, 1, 2, 2),
        (TIANSHUI, None, 1, 2),
    ]


async def test_partners_alone(province):
    await some_results(province)
    await run("UPDATE store SET ownership = 'partner' WHERE code = 'b'")
    await published(province, Result(store="b", total=8501, region=ANNING))
    found = {
        ownership: [(r.region.code, r.ranked) for r in page.rows]
        for ownership in ("own", "partner", "")
        if (page := await units_page(WANG.actor, asked(ownership=ownership)))
    }
    assert found == {
        "own": [(CHENGGUAN, 1), (ANNING, 0)],
        "partner": [(ANNING, 1), (CHENGGUAN, 0)],
        "": [(CHENGGUAN, 1), (ANNING, 1)],
    }


async def test_nothing_outside_the_own_region_changes_what_is_seen(province):
    await some_results(province)
    before = await units_page(ZHAO.actor, asked())
    await published(province, Result(store="x", total=9999, items={"KC-E-01": 100}))
    assert await units_page(ZHAO.actor, asked()) == before


async def test_out_of_reach_looks_missing(province):
    with pytest.raises(NotFound):
        await units_page(ZHAO.actor, asked(region_path=REGION_PATHS[LANZHOU]))
    with pytest.raises(NotAllowed):
        await units_page(CHEN.actor, asked())


async def test_a_file_says_what_the_page_says(province):
    await some_results(province)
    page = await units_page(GUO.actor, asked(round=ROUND))
    table = units_table(page, Language.ZH)
    first, *_, whole = (dict(zip(table.headings, row, strict=True)) for row in table.rows)
    assert (first["名次"], first["单位"], str(first["平均分"]), first["变化的单位"]) == (
        1,
        "兰州",
        "90.01",
        "分",
    )
    assert (whole["名次"], whole["单位"], str(whole["达标率（%）"])) == (None, "甘肃", "33.33")
    assert str(first["环境评价失分"]) == "-9.99"


async def test_another_rubric_is_compared_by_rates(province):
    await some_results(province)
    await run(
        "UPDATE round_rubric SET rubric_version = (SELECT digest FROM rubric_version"
        " WHERE store_kind = 'storefront') WHERE id = ?",
        f"{EARLIER_ROUND}-customer_club",
    )
    page = await units_page(GUO.actor, asked())
    assert (page.comparable, page.rows[0].change) == (False, 1)
    table = units_table(page, Language.ZH)
    first = dict(zip(table.headings, next(iter(table.rows)), strict=True))
    assert first["变化的单位"] == "个百分点"
