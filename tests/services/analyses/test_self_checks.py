"""Self checks beside visits of the same stores; ways of visiting weighed by the round closest."""

from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.analyses.calibrations import calibration_page
from inspection.services.analyses.self_checks import self_checks_page
from inspection.services.analyses.visit_index import index_page
from inspection.services.rankings import kept_figures
from inspection.services.rankings.standings import reckon_rest, refresh_standing
from tests.cast import (
    CHENGGUAN,
    EARLIER_ROUND,
    GUO,
    LANZHOU,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    SUN,
    TIANSHUI,
    round_id,
)
from tests.rankable import Result, published
from tests.services.analyses.compared import PEER, SELF, WEIGHTS, asked, both_times, index_usual
from tests.services.analyses.comparing import a_round
from tests.services.rankings.recounting import pairs_kept


async def no_other_stores():
    """Nobody but those with results is expected."""
    await run("DELETE FROM assignment WHERE id NOT LIKE 'a-visit-%'")


async def test_self_checks_stand_beside_visits_of_the_same_stores(province):
    await both_times(province)
    page = await self_checks_page(GUO.actor, asked())
    assert (page.own.code, page.seen.code, page.against) == (SELF, ROUND, SELF)
    assert [
        (r.region.code, r.stores, r.found.own, r.found.seen, r.found.gap) for r in page.rows
    ] == [
        (LANZHOU, 2, 9800, 9275, 525),
        (TIANSHUI, 1, 9000, 9200, -200),
    ]
    assert (page.whole.stores, page.own_visits, page.seen_visits) == (3, 3, 4)
    assert [
        (r.gap.item, r.gap.own, r.gap.seen, r.gap.hidden, r.comparable) for r in page.items
    ] == [
        ("KC-F-01", 33, 125, 92, True),
        ("OLD-1", 0, 25, 25, False),
        ("KC-E-01", 33, 0, -33, True),
    ]
    there = await self_checks_page(GUO.actor, asked(round=SELF, level="county"))
    assert (there.own.code, there.seen.code) == (SELF, ROUND)
    assert [row.stores for row in there.rows] == [2, 1]
    earlier = await self_checks_page(GUO.actor, asked(round=SELF), EARLIER_ROUND)
    assert (earlier.seen.code, earlier.rows, earlier.items) == (EARLIER_ROUND, (), ())
    assert {choice.code for choice in earlier.choices} == {ROUND, EARLIER_ROUND}


async def test_only_one_county_is_read_again_after_a_visit(province, monkeypatch):
    await both_times(province)
    before = await self_checks_page(GUO.actor, asked())
    await run(
        "UPDATE standing SET score = 9800 WHERE store = 'store-a' AND round = ?", round_id(SELF)
    )

    async def one_county(events):
        return frozenset({REGION_PATHS[CHENGGUAN]})

    monkeypatch.setattr(kept_figures, "_touched", one_county)
    await published(province)
    after = await self_checks_page(GUO.actor, asked())
    assert after.whole.found.gap == before.whole.found.gap - 33
    assert (await calibration_page(SUN.actor, asked())).rows == ()
    await published(province)
    assert (await calibration_page(SUN.actor, asked())).rows == ()


async def test_pairs_are_the_same_whichever_way_they_are_counted(province):
    """A partner, a store counted elsewhere in one of the rounds, and few pairs among many."""
    await both_times(province)
    await run("UPDATE store SET ownership = 'partner' WHERE id = 'store-b'")
    async with tx():
        await refresh_standing(round_id(ROUND), "store-b", province.now())
    await pairs_kept()
    # It was elsewhere when it looked at itself.
    await run(
        "INSERT INTO round_place (round, store, region_path) VALUES (?, 'store-a', ?)",
        *(round_id(SELF), REGION_PATHS[QINZHOU]),
    )
    await run("DELETE FROM standing WHERE store = 'store-a' AND round = ?", round_id(SELF))
    await run("DELETE FROM round_tally")
    await run("UPDATE standing SET part = ''")
    async with tx():
        await refresh_standing(round_id(SELF), "store-a", province.now())
    while await reckon_rest(province.now(), 100):
        pass
    await pairs_kept()
    await published(province, *(Result(store=f"more{n}", total=9000, round=SELF) for n in range(9)))
    await pairs_kept()


async def test_partners_are_compared_among_themselves(province):
    await both_times(province)
    await run("UPDATE standing SET ownership = 'partner' WHERE store = 'store-b'")
    page = await self_checks_page(GUO.actor, asked(ownership="partner"))
    assert (page.whole.stores, page.whole.found.gap) == (1, 650)
    assert (await calibration_page(SUN.actor, asked(ownership="partner"))).inspectors == ()


async def test_without_self_checks_there_is_nothing_to_stand_beside(province):
    page = await self_checks_page(GUO.actor, asked())
    assert (page.own, page.seen, page.rows, page.whole.found.gap) == (None, None, (), None)


async def test_methods_are_weighed_by_the_round_closest(province):
    await a_round(PEER, "peer_check")
    await published(
        province,
        Result(store="a", total=9000),
        Result(store="c", total=9500, region=QINZHOU),
        Result(store="a", total=9400, round=PEER),
    )
    await no_other_stores()
    page = await index_page(GUO.actor, asked(), WEIGHTS)
    assert [(m.visit_kind, m.weight, m.round and m.round.code) for m in page.methods] == [
        ("mystery_visit", 50, ROUND),
        ("peer_check", 30, PEER),
        ("phone_follow_up", 20, None),
    ]
    # (90 x 50 + 94 x 30) / 80, and 95 alone.
    assert [(r.found.rank, r.found.index, r.found.weight) for r in page.rows] == [
        (1, 9150, 80),
        (None, 9500, 50),
    ]
    assert [(c.average, c.ranked) for c in page.rows[0].cells] == [(9000, 1), (9400, 1), (None, 0)]
    assert (page.whole, page.total.found.rank, page.total.found.index) == (100, None, 9306)
    assert (await index_usual(GUO.actor, asked())) == page
    only = await index_page(GUO.actor, asked(), {"peer_check": 1, "self_check": 0})
    assert (only.rows[0].found.rank, only.rows[0].found.index) == (1, 9400)
