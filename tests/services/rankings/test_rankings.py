"""Rankings: places, order in ties, movement, what is listed apart, who sees what."""

from inspection.persistence.statements import run
from inspection.services.rankings.rankings import round_choices
from tests.cast import EARLIER_ROUND, GUO, ROUND, round_id
from tests.rankable import Result, published
from tests.services.rankings.ranked_pages import page_of


def table(page):
    return [(row.rank, row.store.code, row.score) for row in page.rows]


async def test_equal_scores_share_a_place_and_the_next_is_skipped(province):
    await published(
        province,
        Result(store="A", total=9300),
        Result(store="B", total=9550),
        Result(store="C", total=9000),
        Result(store="D", total=9300),
    )
    assert table(await page_of(province)) == [
        (1, "B", 9550),
        (2, "A", 9300),
        (2, "D", 9300),
        (4, "C", 9000),
    ]


async def test_a_tie_is_listed_by_bonus_major_losses_change_and_code(province):
    await published(
        province,
        Result(store="up", total=9000, round=EARLIER_ROUND),
        Result(store="down", total=9600, round=EARLIER_ROUND),
        Result(store="zz", total=9500),
        Result(store="aa", total=9500),
        Result(store="up", total=9500),
        Result(store="down", total=9500),
        Result(store="clean", total=9500, major=0),
        Result(store="major", total=9500, major=1),
        Result(store="bonus", total=9500, ordering=9700, major=3),
    )
    page = await page_of(province)
    assert [row.store.code for row in page.rows] == [
        "bonus",
        "up",
        "aa",
        "clean",
        "zz",
        "down",
        "major",
    ]
    assert {row.rank for row in page.rows} == {1}


async def test_a_round_without_results_does_not_take_the_place_of_one_with_them(province):
    await published(province, Result(store="A", total=9300, round=EARLIER_ROUND))
    assert (await page_of(province)).round.code == EARLIER_ROUND
    assert [choice.round.code for choice in await round_choices(GUO.actor)] == [
        EARLIER_ROUND,
        ROUND,
    ]
    await published(province, Result(store="A", total=9000))
    assert (await page_of(province)).round.code == ROUND


async def test_vetoed_stores_come_last_by_the_score_they_kept(province):
    await published(
        province,
        Result(store="low", total=6000),
        Result(store="veto-92", total=9200, outcome="vetoed"),
        Result(store="veto-95", total=9500, outcome="vetoed"),
    )
    page = await page_of(province)
    assert table(page) == [(1, "low", 6000), (2, "veto-95", 9500), (3, "veto-92", 9200)]
    assert [row.vetoed for row in page.rows] == [False, True, True]


async def test_kinds_of_store_are_ranked_apart(province):
    await published(
        province,
        Result(store="club", total=9000),
        Result(store="hall", total=9900, kind="storefront"),
    )
    assert table(await page_of(province)) == [(1, "club", 9000)]
    assert table(await page_of(province, store_kind="storefront")) == [(1, "hall", 9900)]


async def test_movement_and_change_are_told_where_both_rounds_know_the_store(province):
    await published(
        province,
        Result(store="gone", total=9900, round=EARLIER_ROUND),
        Result(store="a", total=9500, round=EARLIER_ROUND),
        Result(store="b", total=9600, round=EARLIER_ROUND),
        Result(store="new", total=9800),
        Result(store="a", total=9700),
        Result(store="b", total=9000),
    )
    page = await page_of(province)
    assert [(r.store.code, r.movement, r.change, r.gap) for r in page.rows] == [
        ("new", None, None, 0),
        ("a", 1, 200, -100),
        ("b", -1, -600, -800),
    ]
    assert page.previous.code == EARLIER_ROUND


async def test_a_result_of_the_round_before_that_comes_late_is_seen_in_this_one(province):
    await published(province, Result(store="a", total=9700), Result(store="b", total=9700))
    await published(province, Result(store="b", total=9000, round=EARLIER_ROUND))
    page = await page_of(province)
    assert [(r.store.code, r.change, r.movement) for r in page.rows] == [
        ("b", 700, 0),
        ("a", None, None),
    ]


async def test_a_changed_rubric_makes_changes_incomparable(province):
    await run(
        "UPDATE round_rubric SET rubric_version ="
        " (SELECT digest FROM rubric_version WHERE code = 'KH')"
        " WHERE round = ? AND store_kind = 'customer_club'",
        round_id(EARLIER_ROUND),
    )
    page = await page_of(province)
    assert not page.comparable
    assert not any(column.comparable for column in page.columns)


async def test_the_first_round_compares_with_nothing(province):
    page = await page_of(province, round=EARLIER_ROUND)
    assert (page.previous, page.comparable, page.kpis.previous_average) == (None, True, None)
