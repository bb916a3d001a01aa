"""Views beside the ranking: units, scorecards, analyses."""

from collections.abc import Awaitable, Callable

import msgspec

from bench.accounting import spending
from bench.history import KIND
from bench.ranking_tables import VIEWS, Ranked
from bench.sizes import Sizes
from inspection.domain.access import Role
from inspection.services.analyses.calibrations import calibration_page
from inspection.services.analyses.heat import heat_page
from inspection.services.analyses.lost_items import lost_items_page
from inspection.services.analyses.repeats import repeats_page
from inspection.services.analyses.self_checks import self_checks_page
from inspection.services.analyses.spreads import spread_page, warnings_page
from inspection.services.analyses.trends import trend_page
from inspection.services.analyses.visit_index import index_page
from inspection.services.rankings import rankings
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.scorecard_results import ScorecardAsked
from inspection.services.rankings.scorecards import scorecard_page
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.rankings.units import units_page
from inspection.services.tools import Tools
from inspection.wiring import Workshop

Work = Callable[[], Awaitable[object]]
MOST_ITEMS = 10
"""As many of the items that cost most as the page shows."""


async def timed(ranked: Ranked, name: str, count: int, work: Work) -> None:
    """CPU of so many turns, the first left out."""
    await work()
    with spending(*ranked.counters) as spent:
        for _ in range(count):
            await work()
    ranked.taken.add(name, spent.cpu * 1000 / count)


async def views(ranked: Ranked, sizes: Sizes, tools: Tools) -> None:
    """Every view beside the pages, when the process knows the round."""
    few = max(1, sizes.ranking_pages // 12)
    for name, work in _looks(ranked, tools).items():
        await timed(ranked, name, few, work)


async def first_looks(ranked: Ranked, times: int) -> None:
    """Every view by a process that knows nothing, over connections that are new."""
    for name in VIEWS * times:
        async with Workshop(ranked.database.settings).tools() as tools:
            work = _looks(ranked, tools)[name]
            with spending(*ranked.counters) as spent:
                await work()
        ranked.taken.add(f"{name}: first look", spent.cpu * 1000)


def _looks(ranked: Ranked, tools: Tools) -> dict[str, Work]:
    """As a manager reads them, and one as a reviewer does."""
    manager = ranked.province.manager
    reviewer = msgspec.structs.replace(manager, role=Role.REVIEWER)
    code = ranked.province.stores[0].code
    asked, units = RankingAsked(store_kind=KIND), UnitsAsked(store_kind=KIND)
    counties = UnitsAsked(store_kind=KIND, level="county")
    return {
        "ranking with all around it": lambda: rankings.ranking_view(
            tools, manager, asked, MOST_ITEMS
        ),
        "regions beside each other": lambda: rankings.region_averages(manager, asked),
        "items that cost most": lambda: rankings.most_lost_items(manager, asked),
        "one store, all its rounds": lambda: rankings.store_results(tools, manager, code),
        "cities ranked": lambda: units_page(manager, units),
        "counties ranked": lambda: units_page(manager, counties),
        "scorecard and gaps of a store": lambda: scorecard_page(
            manager, ScorecardAsked(store_kind=KIND, store=code)
        ),
        "items lost": lambda: lost_items_page(manager, units),
        "trend": lambda: trend_page(manager, units),
        "spread": lambda: spread_page(manager, units),
        "repetitions": lambda: repeats_page(manager, units),
        "early warning": lambda: warnings_page(manager, units),
        "units by sections": lambda: heat_page(manager, units),
        "self checks beside visits": lambda: self_checks_page(manager, units),
        "index of methods": lambda: index_page(manager, units, {}),
        "calibration": lambda: calibration_page(reviewer, units),
    }
