"""What cost most in the published visits of a round."""

from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import most_lost_items
from inspection.services.rankings.standings import refresh_standing
from tests.cast import ANNING, CHENGGUAN, EARLIER_ROUND, GUO, QINZHOU, REGION_PATHS, WANG
from tests.rankable import Result, logged, published

CLUBS = RankingAsked(store_kind="customer_club")


async def some_losses(tools):
    await published(
        tools,
        Result(store="a", total=9400, items={"KC-F-01": 300, "KC-E-01": 100}, region=CHENGGUAN),
        Result(store="b", total=9500, items={"KC-F-01": 300}, region=ANNING),
        Result(store="c", total=9900, items={"KC-E-01": 100, "OLD-01": 200}, region=QINZHOU),
        Result(store="d", total=9000, items={"KC-E-02": 900}, round=EARLIER_ROUND),
        Result(store="e", total=9000, items={"KH-E-01": 900}, kind="storefront"),
    )


async def test_items_by_what_they_cost_with_running_shares(province):
    await some_losses(province)
    found = await most_lost_items(GUO.actor, CLUBS)
    assert [(r.item, r.times, r.lost, r.share, r.cumulative) for r in found] == [
        ("KC-F-01", 2, 600, 600, 600),
        ("KC-E-01", 2, 200, 200, 800),
        ("OLD-01", 1, 200, 200, 1000),
    ]
    assert (found[0].section, found[0].title.zh != "") == ("KC-F", True)


async def test_an_item_this_rounds_rubric_does_not_know_goes_by_its_code(province):
    await some_losses(province)
    old = (await most_lost_items(GUO.actor, CLUBS))[-1]
    assert (old.title.zh, old.title.en, old.section) == ("OLD-01", "OLD-01", "")


async def test_a_manager_sees_the_losses_of_the_own_branch(province):
    await some_losses(province)
    found = await most_lost_items(WANG.actor, CLUBS)
    assert [(r.item, r.lost) for r in found] == [("KC-F-01", 600), ("KC-E-01", 100)]
    county = RankingAsked(store_kind="customer_club", region_path=REGION_PATHS[ANNING])
    assert [r.lost for r in await most_lost_items(WANG.actor, county)] == [300]


async def test_no_more_than_asked_for_are_listed(province):
    await some_losses(province)
    assert len(await most_lost_items(GUO.actor, CLUBS, 1)) == 1


async def test_what_waits_for_review_is_not_counted(province):
    await some_losses(province)
    await run("UPDATE visit SET state = 'submitted'")
    for row in await run("SELECT round, store FROM standing"):
        async with tx():
            await refresh_standing(row["round"], row["store"], province.now())
    await logged()
    assert await most_lost_items(GUO.actor, CLUBS) == ()
