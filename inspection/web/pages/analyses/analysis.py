"""Analyses of a round: what cost most, the trend, the spread, what comes again, who falls."""

from typing import Annotated, Any

from litestar import get
from msgspec import Meta

from inspection.domain.access import Action, Actor
from inspection.domain.form import Unknown
from inspection.domain.points import plain
from inspection.services.analyses import analysis_exports, lost_items, repeats, spreads, trends
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.pages.analyses.framed import Answer, View, shown
from inspection.web.pages.charts import Point
from inspection.web.pages.rankings.units import UnitsQuery
from inspection.web.session import WebRequest


class ItemQuery(UnitsQuery, frozen=True):
    """The same with the item to look for."""

    item: Annotated[str, Meta(max_length=40)] = ""


@get("/analysis/items", opt=needs(Action.RANKING_READ))
async def show_items(request: WebRequest) -> Answer:
    """Items by what they cost (Pareto)."""
    return await shown(request, ITEMS, lost_items.lost_items_page)


@get("/analysis/trend", opt=needs(Action.RANKING_READ))
async def show_trend(request: WebRequest) -> Answer:
    """Mean and pass rate through the rounds."""
    return await shown(request, TREND, trends.trend_page)


@get("/analysis/spread", opt=needs(Action.RANKING_READ))
async def show_spread(request: WebRequest) -> Answer:
    """How many stores got how much."""
    return await shown(request, SPREAD, spreads.spread_page)


@get("/analysis/warnings", opt=needs(Action.RANKING_READ))
async def show_warnings(request: WebRequest) -> Answer:
    """Stores that fall."""
    return await shown(request, WARNINGS, spreads.warnings_page)


@get("/analysis/repeats", opt=needs(Action.RANKING_READ))
async def show_repeats(request: WebRequest) -> Answer:
    """What stores were found with again."""
    item = query_of(request, ItemQuery, unknown=Unknown.IGNORED).item

    async def read(actor: Actor, asked: UnitsAsked) -> repeats.RepeatsPage:
        return await repeats.repeats_page(actor, asked, item)

    return await shown(request, REPEATS, read)


def _trend_points(found: trends.TrendPage) -> dict[str, Any]:
    rows = [row for row in found.rows if row.average is not None]
    return {"points": [Point(row.round.code, row.average or 0) for row in rows]}


def _columns(found: spreads.SpreadPage) -> dict[str, Any]:
    buckets = found.spread.buckets if found.spread else ()
    return {"columns": [(plain(each.low), each.stores) for each in buckets]}


ITEMS = View("items", analysis_exports.items_table)
TREND = View("trend", analysis_exports.trend_table, drawn=_trend_points)
SPREAD = View("spread", analysis_exports.spread_table, drawn=_columns)
WARNINGS = View("warnings", analysis_exports.warnings_table)
REPEATS = View("repeats", analysis_exports.repeats_table, lambda found: {"item": found.item})

ROUTES = [show_items, show_trend, show_spread, show_repeats, show_warnings]
