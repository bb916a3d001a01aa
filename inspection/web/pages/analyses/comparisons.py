"""Comparisons within a round: sections, self checks, visit methods, inspectors; the item file."""

from typing import Annotated, Any

from litestar import get
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action, Actor
from inspection.domain.form import Unknown
from inspection.domain.rounds.round_plan import VISIT_KINDS
from inspection.services.analyses import (
    calibrations,
    comparison_exports,
    heat,
    item_files,
    self_checks,
    visit_index,
)
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.analyses.analysis import ItemQuery
from inspection.web.pages.analyses.framed import Answer, View, shown
from inspection.web.pages.rankings.listed import in_own_part
from inspection.web.pages.rankings.units import UnitsQuery
from inspection.web.session import WebRequest, actor_of
from inspection.web.table_files import export_file, wanted_format

Weight = Annotated[int, Meta(ge=0, le=100)]


class SelfChecksQuery(UnitsQuery, frozen=True):
    """The same with the round to stand beside."""

    against: Annotated[str, Meta(max_length=80)] = ""


class IndexQuery(UnitsQuery, frozen=True):
    """The same with a weight for each visit method."""

    mystery_visit: Weight = 0
    self_check: Weight = 0
    peer_check: Weight = 0
    spot_check: Weight = 0
    phone_follow_up: Weight = 0
    social_supervisor: Weight = 0
    leader_visit: Weight = 0

    @property
    def weights(self) -> dict[str, int]:
        """By the method."""
        own = IndexQuery.__struct_fields__[len(UnitsQuery.__struct_fields__) :]
        return {name: getattr(self, name) for name in own}


@get("/analysis/heat", opt=needs(Action.RANKING_READ))
async def show_heat(request: WebRequest) -> Answer:
    """Units by sections."""
    return await shown(request, HEAT, heat.heat_page)


@get("/analysis/self-checks", opt=needs(Action.RANKING_READ))
async def show_self_checks(request: WebRequest) -> Answer:
    """Self checks beside covert visits."""
    against = query_of(request, SelfChecksQuery, unknown=Unknown.IGNORED).against

    async def read(actor: Actor, asked: UnitsAsked) -> self_checks.SelfChecksPage:
        return await self_checks.self_checks_page(actor, asked, against)

    return await shown(request, SELF_CHECKS, read)


@get("/analysis/index", opt=needs(Action.RANKING_READ))
async def show_index(request: WebRequest) -> Answer:
    """Visit methods together, by stated weights."""
    weights = query_of(request, IndexQuery, unknown=Unknown.IGNORED).weights

    async def read(actor: Actor, asked: UnitsAsked) -> visit_index.IndexPage:
        return await visit_index.index_page(actor, asked, weights)

    return await shown(request, INDEX, read)


@get("/analysis/calibration", opt=needs(Action.CALIBRATION_READ))
async def show_calibration(request: WebRequest) -> Answer:
    """How differently inspectors judge."""
    item = query_of(request, ItemQuery, unknown=Unknown.IGNORED).item

    async def read(actor: Actor, asked: UnitsAsked) -> calibrations.CalibrationPage:
        return await calibrations.calibration_page(actor, asked, item)

    return await shown(request, CALIBRATION, read)


@get("/analysis/item-file", opt=needs(Action.RANKING_READ))
async def download_items(request: WebRequest) -> Stream:
    """A row per published visit and item, for statisticians; CSV unless a workbook is wanted."""
    query = query_of(request, UnitsQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    asked = in_own_part(actor, query.asked())
    format = wanted_format(request) or "csv"
    if format == "xlsx":
        await item_files.check_sheet(actor, asked)
    export = await item_files.item_file(actor, asked, language_of(request))
    return await export_file(request, format, export)


def _leveled(found: heat.HeatPage) -> dict[str, Any]:
    return {"level": found.level}


def _compared(found: self_checks.SelfChecksPage) -> dict[str, Any]:
    return {"level": found.level, "against": found.against}


def _weighted(found: visit_index.IndexPage) -> dict[str, Any]:
    return {"level": found.level, **found.weights}


HEAT = View("heat", comparison_exports.heat_table, _leveled)
SELF_CHECKS = View("self-checks", comparison_exports.self_checks_table, _compared)
INDEX = View(
    "index",
    comparison_exports.index_table,
    _weighted,
    lambda _: {"visit_kinds": VISIT_KINDS},
)
CALIBRATION = View(
    "calibration", comparison_exports.calibration_table, lambda found: {"item": found.item}
)

ROUTES = [show_heat, show_self_checks, show_index, show_calibration, download_items]
