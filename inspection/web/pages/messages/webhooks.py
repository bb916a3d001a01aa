"""Other systems that are told: the list, adding one, and one of them."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import Refusal
from inspection.services.messages import delivery_desk, webhooks
from inspection.services.messages.delivery_desk import DeliveriesAsked
from inspection.services.messages.webhooks import WebhookGiven
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, first_typed, refused_form
from inspection.web.pages.rendering import once, page
from inspection.web.session import WebRequest, actor_of, tools_of

WEBHOOKS = "/webhooks"
SHOWN = 20

Name = Annotated[str, Meta(min_length=1, max_length=120)]
Kind = Annotated[str, Meta(max_length=40)]


class WebhookForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of a subscription."""

    name: Name
    url: Annotated[str, Meta(max_length=1200)]
    kind: tuple[Kind, ...] = ()

    def given(self, state: str = "on") -> WebhookGiven:
        """The same as the service is told."""
        return WebhookGiven(name=self.name, url=self.url, kinds=self.kind, state=state)


class EditWebhookForm(WebhookForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The same of one there is; `seen` is the version the page showed."""

    seen: int
    state: Literal["on", "off"] = "off"


class SeenForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The version the page showed."""

    seen: int


@get(WEBHOOKS, opt=needs(Action.CHANNEL_EDIT))
async def show_webhooks(request: WebRequest) -> Response[str]:
    """The subscriptions of the caller's part of the tree, and a form for another."""
    return await _webhooks_page(request)


@post(WEBHOOKS, opt=needs(Action.CHANNEL_EDIT))
async def add(request: WebRequest) -> Response[str]:
    """Add one: its secret is shown, this once."""
    try:
        form = await form_of(request, WebhookForm)
        id, secret = await webhooks.add_webhook(tools_of(request), actor_of(request), form.given())
    except Refusal as refusal:
        return await _webhooks_page(request, await refused_form(request, refusal))
    return once(await _webhook_page(request, id, secret=secret))


@get("/webhooks/{id:str}", opt=needs(Action.CHANNEL_EDIT))
async def show_webhook(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One subscription, and what it was told of late."""
    return await _webhook_page(request, id)


@post("/webhooks/{id:str}/revisions", opt=needs(Action.CHANNEL_EDIT))
async def edit(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Change one."""
    try:
        form = await form_of(request, EditWebhookForm)
        given = form.given(form.state)
        await webhooks.edit_webhook(tools_of(request), actor_of(request), id, given, form.seen)
    except Refusal as refusal:
        return await _webhook_page(request, id, await refused_form(request, refusal))
    return then(f"{WEBHOOKS}/{id}", "saved")


@post("/webhooks/{id:str}/secrets", opt=needs(Action.CHANNEL_EDIT))
async def rotate(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """Another secret, shown this once."""
    try:
        form = await form_of(request, SeenForm)
        secret = await webhooks.rotate_secret(tools_of(request), actor_of(request), id, form.seen)
    except Refusal as refusal:
        return await _webhook_page(request, id, await refused_form(request, refusal))
    return once(await _webhook_page(request, id, secret=secret))


@post("/webhooks/{id:str}/tests", opt=needs(Action.CHANNEL_EDIT))
async def try_out(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Have it told something."""
    await form_of(request, Asked)
    await webhooks.try_webhook(tools_of(request), actor_of(request), id)
    return then(f"{WEBHOOKS}/{id}", "channel_tested")


async def _webhooks_page(request: WebRequest, sent: RefusedForm | None = None) -> Response[str]:
    actor = actor_of(request)
    hooks = await webhooks.webhooks_of(actor)
    content = {
        "hooks": hooks,
        "unsent": await delivery_desk.unsent_to(actor, (hook.id for hook in hooks)),
        "kinds": webhooks.webhook_kinds(),
        "chosen": sent.fields.get("kind", []) if sent else [],
        "typed": first_typed(sent),
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "webhooks.html", content, status=status, path=WEBHOOKS)


async def _webhook_page(
    request: WebRequest, webhook: str, sent: RefusedForm | None = None, *, secret: str = ""
) -> Response[str]:
    actor = actor_of(request)
    found = await webhooks.webhook_of(actor, webhook)
    asked = DeliveriesAsked(asked=ListAsked(size=SHOWN), target=webhook)
    kept = msgspec.json.decode(found.kinds, type=list[str])
    content = {
        "hook": found,
        "kinds": webhooks.webhook_kinds(),
        "chosen": sent.fields.get("kind", []) if sent and "name" in sent.fields else kept,
        "told": await delivery_desk.list_of_deliveries(actor, asked),
        "secret": secret,
        "typed": first_typed(sent),
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "webhook.html", content, status=status, path=f"{WEBHOOKS}/{webhook}")


ROUTES = [show_webhooks, add, show_webhook, edit, rotate, try_out]
