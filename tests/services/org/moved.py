"""Places that move after a round is over, and all that is said of the round."""

from inspection.domain.version import version_of
from inspection.persistence.org import kept_regions
from inspection.persistence.statements import run
from inspection.services.org.region_editing import move_region
from inspection.services.rankings.ranking_results import RankingAsked
from tests.cast import ANNING, CHENGGUAN, EARLIER_ROUND, GUO, QINZHOU, TIANSHUI
from tests.rankable import Result, expected, published

KIND = "customer_club"


def asked(round_code: str, region: str = "") -> RankingAsked:
    return RankingAsked(round=round_code, store_kind=KIND, region_path=region)


async def a_finished_round(tools) -> None:
    """October: two stores in Chengguan, one in Anning, one in Qinzhou, one nobody went to."""
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(
        tools,
        Result(store="a", total=9000, round=EARLIER_ROUND, region=CHENGGUAN),
        Result(store="b", total=9500, round=EARLIER_ROUND, region=CHENGGUAN, rankable=False),
        Result(store="c", total=9100, round=EARLIER_ROUND, region=ANNING),
        Result(store="d", total=9300, round=EARLIER_ROUND, region=QINZHOU),
    )
    await expected(("e", "open"), region=CHENGGUAN, round_code=EARLIER_ROUND)


async def move_county(tools) -> None:
    found = await kept_regions.find_kept(CHENGGUAN)
    assert found is not None
    await move_region(tools, GUO.actor, CHENGGUAN, TIANSHUI, version_of(found))
