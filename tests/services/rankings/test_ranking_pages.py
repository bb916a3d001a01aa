"""What a page of a ranking carries: columns, figures, those without a place, page after page."""

import pytest

from inspection.domain.rankings.ranking import movements, places
from inspection.domain.refusals import CursorRefused
from inspection.persistence.statements import run
from tests.cast import ANNING, EARLIER_ROUND, ROUND, round_id
from tests.rankable import Result, expected, published
from tests.services.rankings.ranked_pages import page_of


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
        Result(store="held", total=9900),
    )
    # Approved, and not released yet: nothing of it is published.
    await run("UPDATE visit SET state = 'approved', published_at = NULL WHERE store = 'store-held'")
    await run("DELETE FROM standing WHERE store = 'store-held'")
    await expected(
        ("held", "done"),
        ("waiting", "submitted"),
        ("back", "returned"),
        ("todo", "open"),
        ("off", "cancelled"),
    )
    page = await page_of(province)
    assert [(r.store.code, r.why, r.visits, r.score) for r in page.unranked] == [
        ("few", "few_visits", 1, 9900),
        ("thin", "not_rankable", 1, 9900),
        ("held", "in_release", 0, None),
        ("waiting", "in_review", 0, None),
        ("back", "returned", 0, None),
        ("todo", "not_visited", 0, None),
    ]
    assert (page.unranked_count, page.min_visits, page.thin) == (6, 2, True)
    assert (page.kpis.scored, page.kpis.expected, page.kpis.in_review) == (1, 7, 1)


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
