"""One store through its rounds."""

from datetime import date

import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.statements import run
from inspection.services.rankings.rankings import store_results
from tests.cast import CHEN, CLUB, EARLIER_ROUND, GUO, LI, QINZHOU, ROUND, WANG, ZHAO
from tests.rankable import Result, published
from tests.reviewing import a_draft, an_issued, another_assignment
from tests.services.analyses.comparing import a_round


async def test_a_store_through_its_rounds_with_its_places(province):
    await published(
        province,
        Result(store="a", total=9000, round=EARLIER_ROUND),
        Result(store="b", total=9500, round=EARLIER_ROUND),
        Result(store="c", total=9900, region=QINZHOU),
        Result(store="a", total=9300),
        Result(store="b", total=9100),
    )
    found = await store_results(province, WANG.actor, "a")
    assert [
        (r.round.code, r.score, r.rank, r.region_rank, r.ranked, r.change) for r in found.rounds
    ] == [(ROUND, 9300, 2, 1, 3, 300), (EARLIER_ROUND, 9000, 2, 2, 2, None)]
    assert [len(r.columns) for r in found.rounds] == [7, 7]
    # Of all with a place, wherever they are.
    assert [r.mean for r in found.rounds] == [9433, 9250]
    assert found.rounds[0].sections[0].lost == 700
    assert (found.store.code, found.store.county.en) == ("a", "Chengguan")


async def test_a_self_check_in_between_is_neither_compared_nor_counted(province):
    await a_round("2026-10-S", "self_check", date(2026, 10, 20))
    await published(
        province,
        Result(store="a", total=9000, round=EARLIER_ROUND, items={"KC-F-01": 300, "KC-E-01": 100}),
        Result(store="a", total=9900, round="2026-10-S", items={"KC-F-01": 100, "KC-V-01": 100}),
        Result(store="a", total=9300, items={"KC-F-01": 200, "KC-V-01": 100}),
    )
    found = await store_results(province, WANG.actor, "a")
    codes = [each.round.code for each in found.rounds]
    assert codes == [ROUND, "2026-10-S", EARLIER_ROUND]
    assert found.before == found.rounds[2]
    assert found.before.score == 9000
    assert [each.code for each in found.repeats.rounds] == [EARLIER_ROUND, ROUND]
    assert [(each.item, each.lost, each.times) for each in found.repeats.items] == [
        ("KC-F-01", (300, 200), 2)
    ]
    # Without the rubric a code stands for its item; what nobody has counted yet repeats nothing.
    await run("DELETE FROM round_rubric")
    (item,) = (await store_results(province, GUO.actor, "a")).repeats.items
    assert item.title.en == "KC-F-01"
    await run("UPDATE standing SET part = ''")
    assert (await store_results(province, GUO.actor, "a")).repeats.items == ()


async def test_a_store_without_a_place_says_why(province):
    await published(province, Result(store="a", total=9300, rankable=False))
    (row,) = (await store_results(province, WANG.actor, "a")).rounds
    assert (row.rank, row.region_rank, row.unranked_why, row.score) == (
        None,
        None,
        "not_rankable",
        9300,
    )
    assert row.mean is None


async def test_its_notices_are_listed_latest_first(province, clock):
    issued = await an_issued(province)
    clock.go_on(hours=1)
    again = await another_assignment(province, LI, CLUB, "again")
    draft = await a_draft(province, "second", assignment=again)
    found = await store_results(province, WANG.actor, CLUB)
    assert [(n.notice, n.number, n.state, n.lines, n.lost) for n in found.notices] == [
        (draft, None, "draft", 2, 200),
        (issued.id, issued.number, "issued", 2, 200),
    ]


async def test_a_round_whose_rubric_is_gone_still_shows_its_numbers(province):
    await published(province, Result(store="a", total=9300))
    await run("DELETE FROM round_rubric")
    (row,) = (await store_results(province, GUO.actor, "a")).rounds
    assert (row.columns, row.score, len(row.sections)) == ((), 9300, 3)


async def test_a_standing_without_visits_is_no_result(province):
    await published(province, Result(store="a", total=9300))
    await run("UPDATE standing SET visits = 0, score = NULL, rank_key = NULL")
    assert (await store_results(province, GUO.actor, "a")).rounds == ()


async def test_a_store_elsewhere_and_one_nobody_knows_look_alike(province):
    for code in (CLUB, "nowhere"):
        with pytest.raises(NotFound):
            await store_results(province, ZHAO.actor, code)


async def test_a_store_does_not_see_its_standing(province):
    with pytest.raises(NotAllowed):
        await store_results(province, CHEN.actor, CLUB)
