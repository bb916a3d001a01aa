"""Refused content: the list for administrators, one of it, and settling it."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import Refusal
from inspection.domain.visits.settlement import MOST_NOTE, Settlement
from inspection.services.visits import settlements
from inspection.services.visits.parked_exports import parked_export
from inspection.services.visits.settlements import Wish
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

SAID = {Settlement.NOTED: "settled", Settlement.ACCEPTED: "accepted"}


class ParkedQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    state: Literal["", "settled"] = ""


class SettlementForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A settlement as the page sends it."""

    settlement: Settlement
    note: Annotated[str, Meta(max_length=MOST_NOTE)] = ""


class Fault(msgspec.Struct, frozen=True):
    """A place of the content that was named when it was refused."""

    pointer: str
    code: str
    facts: dict[str, object] = {}


@get("/parked", opt=needs(Action.PARKED_READ))
async def show_parked(request: WebRequest) -> Response[str] | Stream:
    """What waits for an administrator, or what was settled."""
    query, actor = query_of(request, ParkedQuery, unknown=Unknown.IGNORED), actor_of(request)
    settled = query.state == "settled"
    if format := wanted_format(request):
        export = parked_export(actor, query.asked(), language_of(request), settled=settled)
        return await export_file(request, format, export)
    content = {
        "found": await settlements.parked_page(actor, query.asked(), settled=settled),
        "asked": {"state": query.state, "q": query.q, "sort": query.sort},
        "cursor": query.cursor,
    }
    return page(request, "parked-list.html", content)


@get("/parked/{id:str}", opt=needs(Action.PARKED_READ))
async def show_content(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One content: why it was refused, and how to settle it."""
    return await _content_page(request, id)


@post("/parked/{id:str}/settled", opt=needs(Action.PARKED_SETTLE))
async def settle(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Settle it; refused, the page comes back with the note as it was typed."""
    try:
        form = await form_of(request, SettlementForm)
        wish = Wish(settlement=form.settlement, note=form.note)
        await settlements.settle_parked(tools_of(request), actor_of(request), id, wish)
    except Refusal as refusal:
        return await _content_page(request, id, await refused_form(request, refusal))
    return then("/parked", SAID[form.settlement])


async def _content_page(
    request: WebRequest, parked: str, refused: RefusedForm | None = None
) -> Response[str]:
    found = await settlements.parked_content(actor_of(request), parked)
    content = {
        "parked": found,
        "faults": msgspec.json.decode(found.faults, type=tuple[Fault, ...]),
        "can_accept": settlements.can_be_accepted(found),
        "most_note": MOST_NOTE,
        "problem": refused.problem if refused else None,
        "typed_note": refused.typed("note") if refused else "",
    }
    status = refused.problem.status if refused else 200
    return page(request, "parked.html", content, status=status, path=f"/parked/{found.id}")


ROUTES = [show_parked, show_content, settle]
