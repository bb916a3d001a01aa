"""How a notice reaches its store, from the desk: links, mails, a refusal before a witness."""

import msgspec
from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.refusals import Refusal
from inspection.services.notices import notice_links, unsigned_receipts
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.notices.notices import refused_page
from inspection.web.pages.rendering import once, page
from inspection.web.session import WebRequest, actor_of, tools_of


class LinkForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a link is good."""

    days: int = notice_links.USUAL_DAYS


class MailForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a link is sent, and how long it is good."""

    address: str
    days: int = notice_links.USUAL_DAYS


class RefusalForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who saw that the store would not take the notice."""

    witness: str = ""


@post("/notices/{id:str}/links", opt=needs(Action.NOTICE_DELIVER))
async def make_link(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """A new link, shown this once."""
    try:
        form = await form_of(request, LinkForm)
        made = await notice_links.make_link(tools_of(request), actor_of(request), id, form.days)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    content = {"made": made, "notice": id}
    return once(page(request, "notice-link.html", content, path=f"/notices/{id}"))


@post("/notices/{id:str}/mails", opt=needs(Action.NOTICE_DELIVER))
async def mail_link(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Send a link by mail."""
    try:
        form = await form_of(request, MailForm)
        await notice_links.mail_link(
            tools_of(request), actor_of(request), id, form.address, form.days
        )
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "notice_mailed")


@post("/notices/{id:str}/links/{link:str}/revocations", opt=needs(Action.NOTICE_DELIVER))
async def revoke(
    request: WebRequest, id: FromPath[str], link: FromPath[str]
) -> Response[str] | Redirect:
    """Take a link back."""
    try:
        await form_of(request, Asked)
        await notice_links.revoke_link(tools_of(request), actor_of(request), id, link)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "link_revoked")


@post("/notices/{id:str}/refusals", opt=needs(Action.NOTICE_DELIVER))
async def refuse(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep that the store would not take it; refused, the note comes back as it was typed."""
    try:
        form = await form_of(request, RefusalForm)
        await unsigned_receipts.note_refused(tools_of(request), actor_of(request), id, form.witness)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "notice_refused")


ROUTES = [make_link, mail_link, revoke, refuse]
