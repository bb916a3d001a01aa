"""Rankings for other programs: stores, units, scorecards of a round, and the item file."""

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.people.api_token import TokenScope
from inspection.services.analyses import item_files
from inspection.services.rankings import rankings, scorecards, units
from inspection.services.rankings.ranking_results import (
    PAGE,
    Only,
    Ownership,
    RankingAsked,
    RankingPage,
    RoundChoice,
    Sort,
)
from inspection.services.rankings.scorecard_exports import scorecard_tables
from inspection.services.rankings.scorecard_results import ScorecardAsked, ScorecardPage
from inspection.services.rankings.unit_exports import units_table
from inspection.services.rankings.unit_results import Level, UnitsAsked, UnitsPage
from inspection.web.api.tagged import tagged
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import Format, FormatQuery, export_file, note_file, table_file

RANKING = frozenset({TokenScope.RANKING})
ITEMS = frozenset({TokenScope.ITEMS})

Code = Annotated[str, Meta(max_length=80)]


class RoundQuery(FormatQuery, frozen=True):
    """Which round, kind of store and ownership, within which region by its path."""

    round: Code = ""
    kind: Code = ""
    ownership: Ownership = ""
    region: Code = ""


class RankingQuery(RoundQuery, frozen=True):
    """The same with which stores, in what order, from where on."""

    only: Only = ""
    sort: Sort = "best"
    cursor: Annotated[str, Meta(max_length=400)] = ""
    size: Annotated[int, Meta(ge=1, le=rankings.LARGEST_PAGE)] = PAGE

    def asked(self) -> RankingAsked:
        """The same as the service is asked."""
        return RankingAsked(
            round=self.round,
            store_kind=self.kind,
            ownership=self.ownership,
            region_path=self.region,
            only=self.only,
            sort=self.sort,
            cursor=self.cursor,
            size=self.size,
        )


class UnitsQuery(RoundQuery, frozen=True):
    """The same with how far down the units lie."""

    level: Level = ""

    def asked(self) -> UnitsAsked:
        """The same as the service is asked."""
        return UnitsAsked(
            round=self.round,
            store_kind=self.kind,
            ownership=self.ownership,
            region_path=self.region,
            level=self.level,
        )


class ScorecardQuery(RoundQuery, frozen=True):
    """The same with whose scorecard, and what it is compared with."""

    store: Annotated[str, Meta(max_length=40)] = ""
    against: Code = ""

    def asked(self) -> ScorecardAsked:
        """The same as the service is asked."""
        return ScorecardAsked(
            round=self.round,
            store_kind=self.kind,
            ownership=self.ownership,
            region_path=self.region,
            store=self.store,
            against=self.against,
        )


class RankedRoundsOut(msgspec.Struct, frozen=True):
    """Every round somebody may see a ranking of, latest first, with the kinds of store it has."""

    rounds: tuple[RoundChoice, ...]


@get("/api/ranked-rounds", opt=needs(Action.RANKING_READ, tokens=RANKING))
async def read_rounds(request: WebRequest) -> Response[RankedRoundsOut | None]:
    """The rounds there are rankings of."""
    return tagged(request, RankedRoundsOut(await rankings.round_choices(actor_of(request))))


@get("/api/ranking", opt=needs(Action.RANKING_READ, asks=RankingQuery, tokens=RANKING))
async def read_ranking(
    request: WebRequest,
) -> Response[RankingPage | None] | Response[bytes]:
    """A page of stores with their places; as a file all of them."""
    query = query_of(request, RankingQuery)
    actor, asked = actor_of(request), query.asked()
    if query.format:
        language = language_of(request)
        table = await rankings.ranking_table(tools_of(request), actor, asked, language)
        await note_file(request, "ranking")
        return await table_file(request, "ranking", query.format, table)
    return tagged(request, await rankings.ranking_page(tools_of(request), actor, asked))


@get("/api/units", opt=needs(Action.RANKING_READ, asks=UnitsQuery, tokens=RANKING))
async def read_units(request: WebRequest) -> Response[UnitsPage | None] | Response[bytes]:
    """Cities or counties side by side with their places."""
    query = query_of(request, UnitsQuery)
    found = await units.units_page(actor_of(request), query.asked())
    if query.format:
        await note_file(request, "ranking")
        table = units_table(found, language_of(request))
        return await table_file(request, "units", query.format, table)
    return tagged(request, found)


@get("/api/scorecard", opt=needs(Action.RANKING_READ, asks=ScorecardQuery, tokens=RANKING))
async def read_scorecard(request: WebRequest) -> Response[ScorecardPage | None] | Response[bytes]:
    """Full marks, score and points lost of a store or a unit, and the gaps to a benchmark."""
    query = query_of(request, ScorecardQuery)
    found = await scorecards.scorecard_page(actor_of(request), query.asked())
    if query.format:
        await note_file(request, "ranking")
        tables = scorecard_tables(found, language_of(request))
        return await table_file(request, "scorecard", query.format, *tables)
    return tagged(request, found)


@get("/api/item-file", opt=needs(Action.RANKING_READ, asks=RoundQuery, tokens=ITEMS))
async def read_items(request: WebRequest) -> Stream:
    """A row per published visit and item; CSV unless a workbook is wanted."""
    query = query_of(request, RoundQuery)
    actor, format = actor_of(request), query.format or _USUAL
    asked = UnitsAsked(
        round=query.round,
        store_kind=query.kind,
        ownership=query.ownership,
        region_path=query.region,
    )
    if format == "xlsx":
        await item_files.check_sheet(actor, asked)
    export = await item_files.item_file(actor, asked, language_of(request))
    return await export_file(request, format, export)


_USUAL: Format = "csv"

ROUTES = [read_rounds, read_ranking, read_units, read_scorecard, read_items]
