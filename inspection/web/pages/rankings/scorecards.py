"""The scorecard of a store or a unit beside a benchmark, on a page and as a file."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get
from msgspec import Meta

from inspection.domain.access import Action, Actor
from inspection.domain.form import Unknown
from inspection.services.rankings import scorecards
from inspection.services.rankings.ranking_results import Ownership
from inspection.services.rankings.scorecard_exports import scorecard_tables
from inspection.services.rankings.scorecard_peers import WAYS
from inspection.services.rankings.scorecard_results import ScorecardAsked
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.rankings.listed import in_own_part, listed_page
from inspection.web.pages.rankings.units import Code, choices, file_stem
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of
from inspection.web.table_files import note_file, table_file, wanted_format


class ScorecardQuery(msgspec.Struct, frozen=True):
    """What the address of a scorecard may say."""

    round: Code = ""
    kind: Code = ""
    ownership: Ownership = ""
    region: Code = ""
    store: Annotated[str, Meta(max_length=40)] = ""
    against: Code = ""
    named: Code = ""

    def asked(self) -> ScorecardAsked:
        """The same as the service is asked."""
        return ScorecardAsked(
            round=self.round,
            store_kind=self.kind,
            ownership=self.ownership,
            region_path=self.region,
            store=self.store.strip(),
            against=self.named.strip() or self.against,
        )


@get("/scorecard", opt=needs(Action.RANKING_READ))
async def show_scorecard(request: WebRequest) -> Response[str] | Response[bytes]:
    """Full marks, score and points lost by section, and the gaps to the benchmark."""
    actor = actor_of(request)
    query = query_of(request, ScorecardQuery, unknown=Unknown.IGNORED)
    asked = in_own_part(actor, query.asked())
    if format := wanted_format(request):
        found = await scorecards.scorecard_page(actor, asked)
        await note_file(request, "ranking")
        tables = scorecard_tables(found, language_of(request))
        return await table_file(request, file_stem("scorecard", found.round), format, *tables)

    async def made() -> Response[str]:
        return page(request, "scorecard.html", await _content(actor, asked))

    return await listed_page(request, asked, made)


async def _content(actor: Actor, asked: ScorecardAsked) -> dict[str, Any]:
    found = await scorecards.scorecard_page(actor, asked)
    same = {
        "round": found.round.code,
        "kind": found.store_kind,
        "ownership": found.ownership,
        "region": found.region.path,
        "store": found.store.code if found.store else "",
        "against": found.against,
    }
    return {"found": found, "asked": same, "ways": WAYS, **await choices(actor, found.round)}


ROUTES = [show_scorecard]
