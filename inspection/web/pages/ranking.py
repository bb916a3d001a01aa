"""The ranking of a round: its list, its regions, what cost most, and the same as a file."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.deadline import SHANGHAI
from inspection.domain.form import Unknown
from inspection.services import rankings
from inspection.services.ranking_results import RankingAsked, RankingPage, Sort
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.region_tiles import tiles
from inspection.web.pages.rendering import page
from inspection.web.pages.table_files import note_file, table_file, wanted_format
from inspection.web.session import WebRequest, actor_of, tools_of

SHOWN_ITEMS = 8

CSV = "text/csv"

Code = Annotated[str, Meta(max_length=80)]
View = Literal["lost", "score"]


class RankingQuery(msgspec.Struct, frozen=True):
    """What the address of a ranking may say."""

    round: Code = ""
    kind: Code = ""
    region: Code = ""
    sort: Sort = "best"
    view: View = "lost"
    cursor: Annotated[str, Meta(max_length=400)] = ""

    def asked(self) -> RankingAsked:
        """The same as the service is asked."""
        return RankingAsked(
            round=self.round,
            store_kind=self.kind,
            region_path=self.region,
            sort=self.sort,
            cursor=self.cursor,
        )


@get("/ranking", opt=needs(Action.RANKING_READ))
async def show_ranking(request: WebRequest) -> Response[str] | Response[bytes]:
    """One page of a ranking with the figures around it."""
    query = query_of(request, RankingQuery, unknown=Unknown.IGNORED)
    actor, asked = actor_of(request), query.asked()
    rounds = await rankings.round_choices(actor)
    if not rounds:
        return page(request, "no-rounds.html", {})
    if format := wanted_format(request):
        language = language_of(request)
        rows = await rankings.ranking_rows(actor, asked, language)
        table = rankings.as_table(rows, language)
        await note_file(request, "ranking")
        return await table_file(request, _file_stem(query), format, table)
    found = await rankings.ranking_page(tools_of(request), actor, asked)
    content = {
        "found": found,
        "rounds": rounds,
        "kinds": next((c.store_kinds for c in rounds if c.round == found.round), ()),
        "regions": await rankings.region_choices(actor),
        "tiles": tiles(await rankings.region_averages(actor, asked)),
        "most_lost": await rankings.most_lost_items(actor, asked, SHOWN_ITEMS),
        "view": query.view,
        "sort": query.sort,
        "cursor": query.cursor,
        "asked": _same_page(found, query),
    }
    return page(request, "ranking.html", content)


@get("/ranking.csv", opt=needs(Action.RANKING_READ))
async def download_ranking(request: WebRequest) -> Response[bytes]:
    """The whole list as a file a spreadsheet opens."""
    query = query_of(request, RankingQuery, unknown=Unknown.IGNORED)
    rows = await rankings.ranking_rows(actor_of(request), query.asked(), language_of(request))
    await note_file(request, "ranking")
    name = _file_name(query, tools_of(request).now())
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(rankings.as_csv(rows), media_type=CSV, headers=headers)


def _same_page(found: RankingPage, query: RankingQuery) -> dict[str, Any]:
    """The query that leads to this list, the defaults left out."""
    return {
        "round": found.round.code,
        "kind": found.store_kind,
        "region": found.region.path,
        "sort": "" if query.sort == "best" else query.sort,
        "view": "" if query.view == "lost" else query.view,
    }


def _file_name(query: RankingQuery, now: datetime) -> str:
    return f"{_file_stem(query)}-{now.astimezone(SHANGHAI):%Y%m%d}.csv"


def _file_stem(query: RankingQuery) -> str:
    """Plain letters only: a round's code may hold anything."""
    code = "".join(letter for letter in query.round if letter.isascii() and letter.isalnum())
    return f"ranking-{code or 'latest'}"


ROUTES = [show_ranking, download_ranking]
