"""Part of a ranking: places stay those in the whole list, pages follow each other."""

from datetime import timedelta

import pytest

from inspection.persistence.statements import run
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_page
from tests.cast import CLUB, EARLIER_ROUND, GUO
from tests.rankable import Result, published
from tests.reviewing import an_issued


@pytest.fixture
async def ranked(province):
    """Six stores: `down` fell from the first place to the last but one, two are below 90."""
    before = {"down": 9900, "a": 9800, "b": 9700, "c": 9600, "d": 9500}
    now = {"a": 9800, "b": 9700, "c": 9600, "d": 9500, "down": 8900, "new": 8800}
    await published(
        province,
        *(Result(store=store, total=total, round=EARLIER_ROUND) for store, total in before.items()),
        *(Result(store=store, total=total) for store, total in now.items()),
    )
    return province


async def listed(tools, only, **asked):
    wanted = RankingAsked(store_kind="customer_club", only=only, **asked)
    return await ranking_page(tools, GUO.actor, wanted)


def named(page):
    return [(row.rank, row.store.code) for row in page.rows]


async def test_stores_below_the_line_keep_their_places(ranked):
    assert named(await listed(ranked, "below")) == [(5, "down"), (6, "new")]
    assert named(await listed(ranked, "below", sort="worst")) == [(6, "new"), (5, "down")]


async def test_stores_that_fell_three_places_or_more(ranked):
    page = await listed(ranked, "fallen")
    assert named(page) == [(5, "down")]
    assert page.kpis.scored == 6


@pytest.mark.parametrize("sort", ["best", "worst"])
async def test_pages_of_a_part_follow_each_other(ranked, sort):
    seen, cursor = [], ""
    for _ in range(2):
        page = await listed(ranked, "below", sort=sort, size=1, cursor=cursor)
        seen += named(page)
        cursor = page.next_cursor
    assert sorted(seen) == [(5, "down"), (6, "new")]
    assert cursor is None


async def test_stores_with_a_late_notice(province, clock):
    issued = await an_issued(province)
    await published(province, Result(store=CLUB, total=9000), Result(store="other", total=9500))
    assert named(await listed(province, "late")) == []
    due = clock.time - timedelta(hours=1)
    await run("UPDATE notice_line SET due_at = ? WHERE notice = ?", due, issued.id)
    await run("UPDATE notice SET first_due_at = ? WHERE id = ?", due, issued.id)
    assert [code for _, code in named(await listed(province, "late"))] == [CLUB]
