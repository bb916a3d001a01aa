"""/releases: approved visits that wait to be released, before their day or held back."""

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import NotFound, Refusal
from inspection.domain.releases.release import LEAST, LONGEST_REASON
from inspection.services.releases import release_deciding, release_pages
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of


class ReasonForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision with its reason. How long it may be is the domain's business."""

    reason: str = ""


class PlainForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing but the button."""


@get("/releases", opt=needs(Action.RELEASE_READ))
async def show_releases(request: WebRequest) -> Response[str]:
    """What waits, round by round, and what went out lately."""
    found = await release_pages.release_overview(tools_of(request), actor_of(request))
    return page(request, "releases.html", {"found": found})


@get("/releases/{code:str}", opt=needs(Action.RELEASE_READ))
async def show_round(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """The visits of one round that wait."""
    return await _round_page(request, code)


@post("/releases/{code:str}/batches", opt=needs(Action.RELEASE_RUN))
async def release_early(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Release what is ready before its day; refused, the reason is there as it was typed."""
    try:
        form = await form_of(request, ReasonForm)
        await release_deciding.release_early(
            tools_of(request), actor_of(request), code, form.reason
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return await _round_page(request, code, await refused_form(request, refusal))
    return then(f"/releases/{code}", "releasing")


@post("/visits/{id:str}/holds", opt=needs(Action.RELEASE_RUN))
async def hold(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Hold one visit back; refused, its line is open with the reason as it was typed."""
    tools, actor = tools_of(request), actor_of(request)
    code = await release_pages.round_of_visit(actor, id)
    try:
        form = await form_of(request, ReasonForm)
        await release_deciding.hold_visit(tools, actor, id, form.reason)
    except Refusal as refusal:
        return await _round_page(request, code, await refused_form(request, refusal), id)
    return then(f"/releases/{code}", "held")


@post("/visits/{id:str}/hold-ends", opt=needs(Action.RELEASE_RUN))
async def let_go(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Let a visit go with the next batch."""
    tools, actor = tools_of(request), actor_of(request)
    code = await release_pages.round_of_visit(actor, id)
    try:
        await form_of(request, PlainForm)
        await release_deciding.end_hold(tools, actor, id)
    except Refusal as refusal:
        return await _round_page(request, code, await refused_form(request, refusal), id)
    return then(f"/releases/{code}", "let_go")


async def _round_page(
    request: WebRequest, code: str, refused: RefusedForm | None = None, visit: str = ""
) -> Response[str]:
    query = ListQuery() if refused else query_of(request, ListQuery, unknown=Unknown.IGNORED)
    found = await release_pages.round_releases(
        tools_of(request), actor_of(request), code, query.asked()
    )
    content = {
        "found": found,
        "asked": {"q": query.q, "sort": query.sort},
        "cursor": query.cursor,
        "least": LEAST,
        "most_reason": LONGEST_REASON,
        "typed_reason": refused.typed("reason") if refused else "",
        "about": visit,
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    path = f"/releases/{code}" if refused else ""
    return page(request, "release.html", content, status=status, path=path)


ROUTES = [show_releases, show_round, release_early, hold, let_go]
