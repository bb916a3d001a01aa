"""Rankings: places, order in ties, movement, what is listed apart, who sees what."""

import pytest

from inspection.domain.rankings.ranking import movements, places
from inspection.domain.refusals import CursorRefused
from inspection.persistence.statements import run
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_page, round_choices
from tests.cast import (
    ANNING,
    EARLIER_ROUND,
    GUO,
    ROUND,
    round_id,
)
from tests.rankable import Result, expected, published


def asked(**changes) -> RankingAsked:
    return RankingAsked(**({"store_kind": "customer_club"} | changes))


async def page_of(tools, person=GUO, **changes):
    return await ranking_page(tools, person.actor, asked(**changes))


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


async def test_a_row_carries_place_names_sections_and_visits(province):
    await published(
        province,
        Result(store="A", total=9700, region=ANNING),
        Result(store="A", total=9500, region=ANNING),
    )
    (row,) = (await page_of(province)).rows
    assert (row.store.branch.zh, row.store.county.zh, row.visits) == ("兰州", "安宁区", 2)
    assert (row.score, row.full, row.lost) == (9600, 10_000, 400)
    assert [(c.section, c.full, c.lost, c.score) for c in row.sections] == [
        ("KC-E", 2000, 400, 1600),
        ("KC-F", 2100, 0, 2100),
        ("KC-O", 5900, 0, 5900),
    ]


async def test_columns_are_the_sections_of_the_rounds_rubric(province):
    page = await page_of(province)
    assert [(c.short.zh, c.full) for c in page.columns][:2] == [
        ("环境", 2000),
        ("VI", 2000),
    ]
    assert all(column.comparable for column in page.columns)
    assert page.comparable


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


# Listed apart.


async def test_stores_without_a_place_are_listed_apart_with_the_reason(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await run("UPDATE round SET min_visits = 2 WHERE id = ?", round_id(ROUND))
    await published(
        province,
        Result(store="ranked", total=9000),
        Result(store="ranked", total=9100),
        Result(store="few", total=9900),
        Result(store="thin", total=9900, rankable=False),
    )
    await expected(
        ("waiting", "submitted"), ("back", "returned"), ("todo", "open"), ("off", "cancelled")
    )
    page = await page_of(province)
    assert [(r.store.code, r.why, r.visits, r.score) for r in page.unranked] == [
        ("few", "few_visits", 1, 9900),
        ("thin", "not_rankable", 1, 9900),
        ("waiting", "in_review", 0, None),
        ("back", "returned", 0, None),
        ("todo", "not_visited", 0, None),
    ]
    assert (page.unranked_count, page.min_visits, page.thin) == (5, 2, True)
    assert (page.kpis.scored, page.kpis.expected, page.kpis.in_review) == (1, 6, 1)


async def test_a_store_with_several_assignments_is_listed_once(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await expected(("twice", "submitted"))
    await run(
        "INSERT INTO assignment (id, round, store, inspector, rubric_version, window_from,"
        " window_to, cover, state, created_at) SELECT 'again', round, store, inspector,"
        " rubric_version, window_from, window_to, cover, 'open', created_at FROM assignment"
        " WHERE id = 'a-twice'"
    )
    page = await page_of(province)
    assert [row.why for row in page.unranked] == ["in_review"]
    assert page.kpis.expected == 1


# Figures.


async def test_the_figures_above_the_list(province):
    await published(
        province,
        Result(store="a", total=9500, round=EARLIER_ROUND),
        Result(store="b", total=8999, round=EARLIER_ROUND),
        Result(store="a", total=9600),
        Result(store="b", total=9000),
        Result(store="c", total=8950),
        Result(store="v", total=9900, outcome="vetoed"),
        Result(store="w", total=100, outcome="vetoed"),
    )
    figures = (await page_of(province)).kpis
    assert (figures.average, figures.previous_average) == (7510, 9250)
    assert (figures.below_line, figures.previous_below_line, figures.line) == (2, 1, 9000)


async def test_a_page_without_results_has_no_averages(province):
    page = await page_of(province)
    assert (page.rows, page.kpis.average, page.kpis.scored) == ((), None, 0)


# Pages.


@pytest.mark.parametrize("sort", ["best", "worst"])
async def test_pages_follow_each_other_without_gaps_or_repeats(province, sort):
    await published(
        province, *(Result(store=f"{n:02}", total=9000 + n // 3 * 10) for n in range(11))
    )
    whole = await page_of(province, sort=sort)
    seen, cursor = [], ""
    for _ in range(6):
        page = await page_of(province, sort=sort, size=2, cursor=cursor)
        seen += page.rows
        cursor = page.next_cursor or ""
    assert tuple(seen) == whole.rows
    assert (cursor, len(whole.rows)) == ("", 11)
    best_first = tuple(reversed(whole.rows)) if sort == "worst" else whole.rows
    assert [row.rank for row in best_first] == sorted(row.rank for row in whole.rows)


async def test_a_damaged_cursor_is_refused(province):
    with pytest.raises(CursorRefused):
        await page_of(province, cursor="WzFd")


# The whole against the pure functions.


async def test_a_whole_list_agrees_with_the_pure_ranking(province):
    now = {f"s{n}": 9000 + n * 7 % 11 * 50 for n in range(24)}
    before = {f"s{n}": 9000 + n * 5 % 7 * 50 for n in range(6, 30)}
    await published(
        province,
        *(Result(store=s, total=t, round=EARLIER_ROUND) for s, t in before.items()),
        *(Result(store=s, total=t) for s, t in now.items()),
    )
    rows = (await page_of(province)).rows
    ranks = places(-total for total in now.values())
    assert {row.store.code: row.rank for row in rows} == {s: ranks[-t] for s, t in now.items()}
    moved = movements({s: -t for s, t in now.items()}, {s: -t for s, t in before.items()})
    assert {r.store.code: r.movement for r in rows if r.movement is not None} == moved
