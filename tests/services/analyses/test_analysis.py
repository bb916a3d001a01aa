"""Analyses of a round: what they say, of whom, and to whom."""

import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.statements import run
from inspection.services.analyses import repeats
from inspection.services.analyses.analysis_exports import (
    items_table,
    repeats_table,
    spread_table,
    trend_table,
    warnings_table,
)
from inspection.services.analyses.lost_items import lost_items_page
from inspection.services.analyses.repeats import repeats_page
from inspection.services.analyses.spreads import spread_page, warnings_page
from inspection.services.analyses.trends import trend_page
from inspection.services.rankings.rankings import RankingAsked, most_lost_items
from inspection.services.rankings.unit_results import UnitsAsked
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
    WANG,
    ZHAO,
    round_id,
)
from tests.rankable import Result, published

PAGES = (lost_items_page, trend_page, spread_page, repeats_page, warnings_page)
FIRST = "2026-09"


def asked(**changes):
    return UnitsAsked(**({"store_kind": "customer_club"} | changes))


async def a_round_before(code=FIRST):
    """One more round, which the earlier one looks back on."""
    fields = "name_zh, name_en, visit_kind, starts_on, ends_on, state, min_visits, disclose_day"
    rest = "created_at, theme_zh, theme_en, pilot, region_path, authors, revision, release_rule,"
    rest += " release_day"
    await run(
        f"INSERT INTO round (id, code, {fields}, {rest}) SELECT ?, ?, {fields}, {rest} FROM round"
        " WHERE code = ?",
        *(round_id(code), code, EARLIER_ROUND),
    )
    await run("UPDATE round SET previous = ? WHERE code = ?", round_id(code), EARLIER_ROUND)


async def some_results(tools):
    await a_round_before()
    await published(
        tools,
        Result(store="a", total=9700, round=FIRST, items={"KC-F-01": 300}),
        Result(store="a", total=9600, round=EARLIER_ROUND, items={"KC-F-01": 200}),
        Result(store="b", total=9500, round=EARLIER_ROUND, items={"KC-E-01": 100}),
        Result(store="c", total=9000, round=EARLIER_ROUND, region=QINZHOU),
        Result(store="a", total=9500, items={"KC-F-01": 300, "KC-E-01": 100}),
        Result(store="b", total=8500, region=CHENGGUAN, items={"KC-F-01": 100, "KC-E-01": 200}),
        Result(store="c", total=9100, region=QINZHOU),
    )


async def test_items_are_the_same_as_those_on_the_ranking(province):
    await some_results(province)
    page = await lost_items_page(GUO.actor, asked())
    there = await most_lost_items(GUO.actor, RankingAsked(store_kind="customer_club"), 40)
    assert [(r.item, r.times, r.lost, r.share, r.cumulative) for r in page.rows] == [
        (r.item, r.times, r.lost, r.share, r.cumulative) for r in there
    ]
    assert [(r.item, r.stores, r.again, r.lost) for r in page.rows] == [
        ("KC-F-01", 2, 1, 400),
        ("KC-E-01", 2, 1, 300),
    ]
    assert (page.lost, page.ranked) == (700, 3)


async def test_what_another_card_lost_is_listed_by_its_code(province):
    await published(province, Result(store="a", total=9000, items={"OLD-1": 100}))
    (row,) = (await lost_items_page(GUO.actor, asked())).rows
    assert (row.title.zh, row.full) == ("OLD-1", None)


async def test_a_unit_goes_through_its_rounds(province):
    await some_results(province)
    page = await trend_page(WANG.actor, asked())
    assert [(r.round.code, r.average, r.change, r.passed, r.ranked) for r in page.rows] == [
        (FIRST, 9700, None, 1, 1),
        (EARLIER_ROUND, 9550, -150, 2, 2),
        (ROUND, 9000, -550, 1, 2),
    ]
    assert page.line == 9000


async def test_rounds_without_results_leave_a_gap(province):
    page = await trend_page(WANG.actor, asked(region_path=REGION_PATHS[ANNING]))
    assert {(r.average, r.pass_rate) for r in page.rows} == {(None, None)}


async def test_scores_are_counted(province):
    await some_results(province)
    page = await spread_page(GUO.actor, asked())
    assert (page.spread.lowest, page.spread.middle, page.spread.highest) == (8500, 9100, 9500)
    assert (await spread_page(ZHAO.actor, asked(ownership="partner"))).spread is None


async def test_who_falls_steeply_or_twice_is_named(province):
    await some_results(province)
    page = await warnings_page(GUO.actor, asked())
    assert [(r.store.code, r.change, r.steep, r.twice) for r in page.rows] == [
        ("b", -1000, True, False),
        ("a", -100, False, True),
    ]
    assert (page.total, page.comparable) == (2, True)


async def test_nobody_is_warned_across_rubrics(province):
    await some_results(province)
    await run(
        "UPDATE round_rubric SET rubric_version = (SELECT digest FROM rubric_version"
        " WHERE store_kind = 'storefront') WHERE id = ?",
        f"{EARLIER_ROUND}-customer_club",
    )
    page = await warnings_page(GUO.actor, asked())
    assert (page.comparable, page.rows) == (False, ())
    trend = await trend_page(GUO.actor, asked())
    assert [(row.comparable, row.change) for row in trend.rows[1:]] == [(True, -333), (False, None)]


async def test_what_comes_again_is_counted_back(province, monkeypatch):
    await some_results(province)
    page = await repeats_page(GUO.actor, asked())
    assert [(r.store.code, r.item, r.rounds, r.lost) for r in page.rows] == [
        ("a", "KC-F-01", 3, 300),
        ("b", "KC-E-01", 2, 200),
    ]
    assert not page.cut
    only = await repeats_page(GUO.actor, asked(), "KC-E-01")
    assert [r.store.code for r in only.rows] == ["b"]
    assert (await repeats_page(GUO.actor, asked(), "nothing")).rows == page.rows
    monkeypatch.setattr(repeats, "STORES", 1)
    cut = await repeats_page(GUO.actor, asked())
    assert ([r.store.code for r in cut.rows], cut.cut) == (["b"], True)


async def test_a_break_ends_what_came_again(province):
    await some_results(province)
    await run("UPDATE standing SET part = '' WHERE round = ?", round_id(FIRST))
    page = await repeats_page(GUO.actor, asked())
    assert [r.rounds for r in page.rows if r.store.code == "a"] == [2]


@pytest.mark.parametrize("read", PAGES)
async def test_only_the_own_part_of_the_tree_counts(province, read):
    await some_results(province)
    before = await read(ZHAO.actor, asked())
    await published(province, Result(store="x", total=7000, items={"KC-E-01": 100}))
    assert await read(ZHAO.actor, asked()) == before
    with pytest.raises(NotFound):
        await read(ZHAO.actor, asked(region_path=REGION_PATHS[LANZHOU]))
    with pytest.raises(NotAllowed):
        await read(CHEN.actor, asked())


async def test_files_say_what_pages_say(province):
    await some_results(province)
    tables = [
        items_table(await lost_items_page(GUO.actor, asked()), Language.ZH),
        trend_table(await trend_page(GUO.actor, asked()), Language.ZH),
        spread_table(await spread_page(GUO.actor, asked()), Language.ZH),
        repeats_table(await repeats_page(GUO.actor, asked()), Language.ZH),
        warnings_table(await warnings_page(GUO.actor, asked()), Language.ZH),
        spread_table(await spread_page(ZHAO.actor, asked(ownership="partner")), Language.EN),
    ]
    assert [[str(cell) for cell in next(iter(table.rows))[-2:]] for table in tables[:-1]] == [
        ["57.1", "57.1"],
        ["3", "0"],
        ["100.00", "0"],
        ["3", "-3.00"],
        ["-10.00", "下降 10 分以上"],
    ]
    from_best = [row[0] for row in tables[2].rows]
    assert from_best == sorted(from_best, reverse=True)
    assert list(tables[2].rows)[-1][-1] == 1
    assert list(tables[-1].rows) == []
