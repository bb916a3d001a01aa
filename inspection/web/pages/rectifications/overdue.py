"""What is overdue, added up down the org tree; urging stores and telling those above them."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action, granted
from inspection.domain.form import Unknown
from inspection.domain.rectifications.escalation import SCHEDULES, USUAL
from inspection.services.notices.urging import Urge, urge
from inspection.services.rectifications import overdue
from inspection.services.rectifications.overdue import OverdueAsked
from inspection.services.rectifications.overdue_exports import overdue_export
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import address
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

OVERDUE = "/overdue"

Short = Annotated[str, Meta(max_length=80)]


class OverdueQuery(msgspec.Struct, frozen=True):
    """What the address may say."""

    region: Short = ""
    store: Short = ""

    def asked(self) -> OverdueAsked:
        """The same as the service is asked."""
        return OverdueAsked(region_path=self.region, store=self.store)


class UrgeForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to tell, and the page it was said on."""

    whom: Literal["store", "above"]
    back: Literal["notices", "overdue"] = "notices"
    region: Short = ""
    store: Short = ""


@get(OVERDUE, opt=needs(Action.OVERDUE_READ))
async def show_overdue(request: WebRequest) -> Response[str] | Stream:
    """What is late in the caller's part of the tree."""
    query, actor = query_of(request, OverdueQuery, unknown=Unknown.IGNORED), actor_of(request)
    language = language_of(request)
    if format := wanted_format(request):
        export = overdue_export(tools_of(request), actor, query.asked(), language)
        return await export_file(request, format, export)
    content = {
        "found": await overdue.overdue(tools_of(request), actor, query.asked(), language),
        "asked": {"region": query.region, "store": query.store},
        "may_urge": granted(actor.role, Action.NOTICE_URGE),
        "usual": USUAL,
        "grave": SCHEDULES["veto"],
    }
    return page(request, "overdue.html", content)


@post("/notices/{id:str}/urges", opt=needs(Action.NOTICE_URGE))
async def urge_notice(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Tell the store, or those above it, once a day."""
    form = await form_of(request, UrgeForm)
    await urge(tools_of(request), actor_of(request), id, Urge(form.whom))
    said = "urged" if form.whom == "store" else "escalated"
    if form.back == "overdue":
        back = address(OVERDUE, region=form.region, store=form.store, said=said)
    else:
        back = address("/notices", state="overdue", said=said)
    return Redirect(back, status_code=303)


ROUTES = [show_overdue, urge_notice]
