"""The ranking of a round: its list, its regions, what cost most, and the same as a file."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.org.store import OWNERSHIPS
from inspection.domain.plain_text import stem_of
from inspection.domain.refusals import NotFound
from inspection.services.rankings import rankings
from inspection.services.rankings.ranking_results import (
    Only,
    Ownership,
    RankingAsked,
    RankingPage,
    RankingView,
    Sort,
)
from inspection.web.decoding import query_of
from inspection.web.editions import edition_tag, known_page, tagged_page
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.awaited import counts_in
from inspection.web.pages.rankings.listed import in_own_part
from inspection.web.pages.rankings.ranking_lines import PrintedStore, View, printer
from inspection.web.pages.rankings.region_tiles import tiles
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import note_file, table_file, wanted_format

SHOWN_ITEMS = 8

Code = Annotated[str, Meta(max_length=80)]


class RankingQuery(msgspec.Struct, frozen=True):
    """What the address of a ranking may say."""

    round: Code = ""
    kind: Code = ""
    ownership: Ownership = ""
    region: Code = ""
    only: Only = ""
    sort: Sort = "best"
    view: View = "lost"
    cursor: Annotated[str, Meta(max_length=400)] = ""

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
        )


@get("/ranking", opt=needs(Action.RANKING_READ))
async def show_ranking(request: WebRequest) -> Response[str] | Response[bytes]:
    """One page of a ranking with the figures around it."""
    query = query_of(request, RankingQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    asked = in_own_part(actor, query.asked())
    if format := wanted_format(request):
        table = await rankings.ranking_table(tools_of(request), actor, asked, language_of(request))
        await note_file(request, "ranking")
        return await table_file(request, f"ranking-{stem_of(query.round, 'latest')}", format, table)
    try:
        edition = await rankings.ranking_edition(tools_of(request), actor, asked)
    except NotFound:
        if await rankings.round_choices(actor):
            raise
        return page(request, "no-rounds.html", {})
    tag = edition_tag(request, edition, counts_in(request))
    if answer := known_page(request, tag):
        return answer
    view = await rankings.ranking_view(tools_of(request), actor, asked, SHOWN_ITEMS)
    content = {**_content(view, query), "printed": _printed(request, view.page, query)}
    return tagged_page(page(request, "ranking.html", content), tag)


def _printed(request: WebRequest, found: RankingPage, query: RankingQuery) -> list[PrintedStore]:
    language = language_of(request)
    lines = printer(language, query.view, found.columns, comparable=found.comparable)
    return lines.printed(found.rows)


def _content(view: RankingView, query: RankingQuery) -> dict[str, Any]:
    found, rounds = view.page, view.rounds
    return {
        "found": found,
        "rounds": rounds,
        "kinds": next((c.store_kinds for c in rounds if c.round == found.round), ()),
        "regions": view.regions,
        "ownerships": OWNERSHIPS,
        "tiles": tiles(view.averages),
        "most_lost": view.most_lost,
        "view": query.view,
        "sort": query.sort,
        "cursor": query.cursor,
        "only": query.only,
        "asked": _same_page(found, query),
    }


def _same_page(found: RankingPage, query: RankingQuery) -> dict[str, Any]:
    """The query that leads to this list, the defaults left out."""
    return {
        "round": found.round.code,
        "kind": found.store_kind,
        "ownership": found.ownership,
        "region": found.region.path,
        "only": query.only,
        "sort": "" if query.sort == "best" else query.sort,
        "view": "" if query.view == "lost" else query.view,
    }


ROUTES = [show_ranking]
