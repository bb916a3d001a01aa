"""A round to compare in: stores judged twice, by their own people and by others."""

from inspection.services.analyses.visit_index import index_page
from inspection.services.rankings.unit_results import UnitsAsked
from tests.cast import QINZHOU
from tests.rankable import Result, published
from tests.services.analyses.comparing import a_round

SELF, PEER = "2026-10S", "2026-10P"
WEIGHTS = {"mystery_visit": 50, "peer_check": 30, "phone_follow_up": 20}


def asked(**changes):
    return UnitsAsked(**({"store_kind": "customer_club"} | changes))


async def index_usual(actor, wish):
    return await index_page(actor, wish, {})


async def both_times(tools):
    await a_round(SELF, "self_check")
    await published(
        tools,
        Result(store="a", total=9900, round=SELF, items={"KC-F-01": 100}),
        Result(store="b", total=9700, round=SELF),
        Result(store="c", total=9000, round=SELF, region=QINZHOU, items={"KC-E-01": 100}),
        Result(store="own", total=9000, round=SELF),
        Result(store="a", total=9500, items={"KC-F-01": 300, "OLD-1": 100}),
        Result(store="b", total=9000, items={"KC-F-01": 200}),
        Result(store="b", total=9100),
        Result(store="c", total=9200, region=QINZHOU),
        Result(store="seen", total=5000, items={"KC-F-01": 300}),
    )
