"""Groups' bots: the list, adding one, and one of them."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import Refusal
from inspection.services.messages import bots, delivery_desk
from inspection.services.messages.bots import BotGiven
from inspection.services.messages.delivery_desk import DeliveriesAsked
from inspection.services.people import people_pages
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, first_typed, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.wording import Language

BOTS = "/bots"
SHOWN = 20

Name = Annotated[str, Meta(min_length=1, max_length=120)]
Address = Annotated[str, Meta(max_length=400)]


class BotForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of a bot."""

    name: Name
    address: Address = ""
    secret: Address = ""
    language: Language = Language.ZH

    def given(self, state: str = "on") -> BotGiven:
        """The same as the service is told."""
        return BotGiven(
            name=self.name,
            address=self.address,
            secret=self.secret,
            language=self.language.value,
            state=state,
        )


class NewBotForm(BotForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The same of a new one."""

    region: Annotated[str, Meta(max_length=40)]


class EditBotForm(BotForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The same of one there is; `seen` is the version the page showed."""

    seen: int
    state: Literal["on", "off"] = "off"


@get(BOTS, opt=needs(Action.CHANNEL_EDIT))
async def show_bots(request: WebRequest) -> Response[str]:
    """The bots of the caller's part of the tree, and a form for another."""
    return await _bots_page(request)


@post(BOTS, opt=needs(Action.CHANNEL_EDIT))
async def add(request: WebRequest) -> Response[str] | Redirect:
    """Add one; refused, the form comes back as it was filled in, but for its secrets."""
    try:
        form = await form_of(request, NewBotForm)
        id = await bots.add_bot(tools_of(request), actor_of(request), form.region, form.given())
    except Refusal as refusal:
        return await _bots_page(request, await refused_form(request, refusal))
    return then(f"{BOTS}/{id}", "channel_added")


@get("/bots/{id:str}", opt=needs(Action.CHANNEL_EDIT))
async def show_bot(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One bot, and what it was told of late."""
    return await _bot_page(request, id)


@post("/bots/{id:str}/revisions", opt=needs(Action.CHANNEL_EDIT))
async def edit(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Change one."""
    try:
        form = await form_of(request, EditBotForm)
        given = form.given(form.state)
        await bots.edit_bot(tools_of(request), actor_of(request), id, given, form.seen)
    except Refusal as refusal:
        return await _bot_page(request, id, await refused_form(request, refusal))
    return then(f"{BOTS}/{id}", "saved")


@post("/bots/{id:str}/tests", opt=needs(Action.CHANNEL_EDIT))
async def try_out(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Have it say something."""
    await form_of(request, Asked)
    await bots.try_bot(tools_of(request), actor_of(request), id)
    return then(f"{BOTS}/{id}", "channel_tested")


async def _bots_page(request: WebRequest, sent: RefusedForm | None = None) -> Response[str]:
    actor = actor_of(request)
    regions = await people_pages.open_region_choices(actor, "")
    found = await bots.bots_of(actor)
    content = {
        "bots": found,
        "unsent": await delivery_desk.unsent_to(actor, (bot.id for bot in found)),
        "regions": regions,
        "named": {region.path: region.name for region in regions},
        "typed": first_typed(sent),
        "problem": sent.problem if sent else None,
    }
    return page(
        request, "bots.html", content, status=sent.problem.status if sent else 200, path=BOTS
    )


async def _bot_page(
    request: WebRequest, bot: str, sent: RefusedForm | None = None
) -> Response[str]:
    actor = actor_of(request)
    found = await bots.bot_of(actor, bot)
    asked = DeliveriesAsked(asked=ListAsked(size=SHOWN), target=bot)
    content = {
        "bot": found,
        "told": await delivery_desk.list_of_deliveries(actor, asked),
        "typed": first_typed(sent),
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "bot.html", content, status=status, path=f"{BOTS}/{bot}")


ROUTES = [show_bots, add, show_bot, edit, try_out]
