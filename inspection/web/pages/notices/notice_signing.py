"""The way of a notice to its number: handed in, sent back, signed."""

import msgspec
from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.refusals import MoveRefused, Refusal
from inspection.services.notices import notices
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.notices.notices import DraftForm, keep_draft, refused_page
from inspection.web.session import WebRequest, actor_of, tools_of


class SignForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signature: below the wording the page showed."""

    seen: str


class ReasonForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a notice is sent back."""

    reason: str = ""


@post("/notices/{id:str}/submissions", opt=needs(Action.NOTICE_EDIT))
async def submit(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep what the page shows, then hand it in: nobody answers for a wording they did not see."""
    try:
        seen = await _keep_what_is_sent(request, id)
        await notices.submit_notice(tools_of(request), actor_of(request), id, seen)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "notice_submitted")


@post("/notices/{id:str}/returns", opt=needs(Action.NOTICE_EDIT))
async def send_back(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Let it be a draft again, and say why."""
    try:
        form = await form_of(request, ReasonForm)
        await notices.send_notice_back(tools_of(request), actor_of(request), id, form.reason)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "notice_sent_back")


@post("/notices/{id:str}/signatures", opt=needs(Action.NOTICE_SIGN))
async def sign(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Sign what the page shows; the number is drawn."""
    try:
        form = await form_of(request, SignForm)
        await notices.sign_notice(tools_of(request), actor_of(request), id, form.seen)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "signed")


async def _keep_what_is_sent(request: WebRequest, notice: str) -> str | None:
    try:
        return await keep_draft(request, notice)
    except MoveRefused:
        # Sent twice, the second finds nothing to edit; the same words are handed in once.
        form = await form_of(request, DraftForm)
        sent = (form.lines(), form.demand_lines())
        if not await notices.says_already(actor_of(request), notice, *sent):
            raise
        return None


ROUTES = [submit, send_back, sign]
