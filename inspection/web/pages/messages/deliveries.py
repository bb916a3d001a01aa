"""What was sent to whom on which way, what did not arrive, and trying it again."""

from typing import Annotated, Literal

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.messages.delivery import DeliveryState
from inspection.domain.messages.message import Channel
from inspection.services.delivery_exports import delivery_export
from inspection.services.messages import delivery_desk
from inspection.services.messages.delivery_desk import DeliveriesAsked
from inspection.web.decoding import query_of
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import address
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

DELIVERIES = "/deliveries"


class DeliveriesQuery(ListQuery, frozen=True):
    """What the address may say."""

    state: Literal["", "waiting", "sent", "failed", "dropped"] = ""
    channel: Literal["", "push", "mail", "bot", "webhook"] = ""
    account: Annotated[str, Meta(max_length=36)] = ""


@get(DELIVERIES, opt=needs(Action.CHANNEL_EDIT))
async def show_deliveries(request: WebRequest) -> Response[str] | Stream:
    """A page of the deliveries of the caller's part of the tree."""
    query = query_of(request, DeliveriesQuery, unknown=Unknown.IGNORED)
    wanted = DeliveriesAsked(
        asked=query.asked(), state=query.state, channel=query.channel, account=query.account
    )
    if format := wanted_format(request):
        export = delivery_export(tools_of(request), actor_of(request), wanted, language_of(request))
        return await export_file(request, format, export)
    content = {
        "found": await delivery_desk.list_of_deliveries(actor_of(request), wanted),
        "asked": {
            "q": query.q,
            "sort": query.sort,
            "state": query.state,
            "channel": query.channel,
            "account": query.account,
        },
        "states": tuple(state.value for state in DeliveryState),
        "channels": tuple(channel.value for channel in Channel),
        "cursor": query.cursor,
    }
    return page(request, "deliveries.html", content)


@post("/deliveries/{id:str}/retries", opt=needs(Action.CHANNEL_EDIT))
async def retry(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Try one again that failed."""
    await form_of(request, Asked)
    await delivery_desk.retry(tools_of(request), actor_of(request), id)
    said = {"state": "failed", "said": "delivery_retried"}
    return Redirect(address(DELIVERIES, said), status_code=303)


ROUTES = [show_deliveries, retry]
