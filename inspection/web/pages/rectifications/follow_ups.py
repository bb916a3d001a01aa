"""The calls a day after lines were verified."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import NotFound, Refusal
from inspection.services.rectifications import follow_ups
from inspection.services.rectifications.follow_up_exports import call_export
from inspection.services.rectifications.follow_ups import Outcome
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

LIST = "/follow-ups"
STATES = ("due", "not_reached", "dissatisfied", "done")


class CallsQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    state: Literal["", "due", "not_reached", "dissatisfied", "done"] = "due"


class CallForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came of a call."""

    came: Outcome
    note: Annotated[str, Meta(max_length=2_000)] = ""


@get(LIST, opt=needs(Action.RECTIFICATION_VERIFY))
async def show_calls(request: WebRequest) -> Response[str] | Stream:
    """A page of calls; without anything else said, those nobody has made."""
    query = query_of(request, CallsQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        tools, actor = tools_of(request), actor_of(request)
        export = call_export(tools, actor, query.asked(), query.state, language_of(request))
        return await export_file(request, format, export)
    return await _list_page(request, query)


@post("/follow-ups/{id:str}/calls", opt=needs(Action.RECTIFICATION_VERIFY))
async def note_call(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep what came of a call; refused, the list comes back with the words."""
    try:
        form = await form_of(request, CallForm)
        await follow_ups.note_call(tools_of(request), actor_of(request), id, form.came, form.note)
    except NotFound:
        raise
    except Refusal as refusal:
        refused = await refused_form(request, refusal)
        return await _list_page(request, CallsQuery(), refused, id)
    return then(LIST, "call_noted")


async def _list_page(
    request: WebRequest, query: CallsQuery, refused: RefusedForm | None = None, at: str = ""
) -> Response[str]:
    found = await follow_ups.list_of_calls(
        tools_of(request), actor_of(request), query.asked(), query.state
    )
    content = {
        "found": found,
        "states": STATES,
        "asked": {"q": query.q, "sort": query.sort, "state": query.state},
        "cursor": query.cursor,
        "at": at,
        "typed": refused.typed("note") if refused else "",
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "follow-ups.html", content, status=status, path=LIST)


ROUTES = [show_calls, note_call]
