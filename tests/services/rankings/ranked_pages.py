"""Pages of a ranking, as whoever reads them asks."""

from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_page
from tests.cast import GUO


def asked(**changes) -> RankingAsked:
    return RankingAsked(**({"store_kind": "customer_club"} | changes))


async def page_of(tools, person=GUO, **changes):
    return await ranking_page(tools, person.actor, asked(**changes))
