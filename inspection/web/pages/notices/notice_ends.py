"""An issued notice made void, and the edition of its paper that says so."""

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.refusals import Refusal
from inspection.services.notices import notice_prints
from inspection.services.notices.notice_voiding import void_notice
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages import files
from inspection.web.pages.links import then
from inspection.web.pages.notices.notices import refused_page
from inspection.web.session import WebRequest, actor_of, tools_of


class VoidForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a notice is made void."""

    void_reason: str = ""


@post("/notices/{id:str}/voids", opt=needs(Action.NOTICE_SIGN))
async def void(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Let it count no more; refused, the page comes back with the reason as it was typed."""
    try:
        form = await form_of(request, VoidForm)
        await void_notice(tools_of(request), actor_of(request), id, form.void_reason)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "notice_voided")


@get("/notices/{id:str}/void.pdf", opt=needs(Action.NOTICE_READ))
async def show_void_pdf(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The edition marked void; the untouched one keeps its own address."""
    found = await notice_prints.void_pdf(tools_of(request), actor_of(request), id)
    return files.pdf(request, found.content, found.sha256, found.file_name)


ROUTES = [void, show_void_pdf]
