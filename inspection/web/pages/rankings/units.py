"""Cities and counties of a round side by side, on a page and as a file."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get
from msgspec import Meta

from inspection.domain.access import Action, Actor
from inspection.domain.form import Unknown
from inspection.domain.org.store import OWNERSHIPS
from inspection.domain.plain_text import stem_of
from inspection.services.people.places import RoundLabel
from inspection.services.rankings import rankings, units
from inspection.services.rankings.ranking_results import Ownership
from inspection.services.rankings.unit_exports import units_table
from inspection.services.rankings.unit_results import Level, UnitsAsked
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.rankings.listed import in_own_part, listed_page
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of
from inspection.web.table_files import note_file, table_file, wanted_format

Code = Annotated[str, Meta(max_length=80)]


class UnitsQuery(msgspec.Struct, frozen=True):
    """What the address of a page about units may say."""

    round: Code = ""
    kind: Code = ""
    ownership: Ownership = ""
    region: Code = ""
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


@get("/ranking/units", opt=needs(Action.RANKING_READ))
async def show_units(request: WebRequest) -> Response[str] | Response[bytes]:
    """The units right below the chosen region, or the level below that."""
    actor = actor_of(request)
    query = query_of(request, UnitsQuery, unknown=Unknown.IGNORED)
    asked = in_own_part(actor, query.asked())
    if format := wanted_format(request):
        found = await units.units_page(actor, asked)
        await note_file(request, "ranking")
        table = units_table(found, language_of(request))
        return await table_file(request, file_stem("units", found.round), format, table)

    async def made() -> Response[str]:
        return page(request, "units.html", await _content(actor, asked))

    return await listed_page(request, asked, made)


async def _content(actor: Actor, asked: UnitsAsked) -> dict[str, Any]:
    found = await units.units_page(actor, asked)
    same = {
        "round": found.round.code,
        "kind": found.store_kind,
        "ownership": found.ownership,
        "region": found.region.path,
        "level": found.level,
    }
    return {"found": found, "asked": same, **await choices(actor, found.round)}


async def choices(actor: Actor, shown: RoundLabel) -> dict[str, Any]:
    """What can be chosen above every page of rankings."""
    rounds = await rankings.round_choices(actor)
    return {
        "rounds": rounds,
        "kinds": next((each.store_kinds for each in rounds if each.round == shown), ()),
        "regions": await rankings.region_choices(actor),
        "ownerships": OWNERSHIPS,
    }


def file_stem(what: str, shown: RoundLabel) -> str:
    """What a file about a round is called, without its ending."""
    return f"{what}-{stem_of(shown.code, 'round')}"


ROUTES = [show_units]
