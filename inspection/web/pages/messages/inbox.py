"""One's own inbox as a page: what was not read first, everything leads to its thing."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.services.messages import inbox
from inspection.services.messages.inbox import InboxAsked
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import address
from inspection.web.pages.menu import home_of
from inspection.web.pages.people.me import shell_of
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of

INBOX = "/inbox"

Milliseconds = Annotated[int, Meta(ge=0, le=4_000_000_000_000)]


class InboxQuery(ListQuery, frozen=True):
    """What the address may say. `back` is the moment everything was marked read at."""

    state: Literal["", "unread"] = ""
    about: Annotated[str, Meta(max_length=40)] = ""
    back: Milliseconds = 0


class OpenForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which message was chosen."""

    message: Annotated[str, Meta(min_length=1, max_length=36)]


class MomentForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Until when everything was seen, or when it was marked so."""

    at: Milliseconds


@get(INBOX, opt=needs(Action.INBOX_READ))
async def show_inbox(request: WebRequest) -> Response[str]:
    """A page of what the caller was told."""
    query, actor = query_of(request, InboxQuery, unknown=Unknown.IGNORED), actor_of(request)
    subjects = inbox.subjects(actor)
    about = query.about if query.about in subjects else ""
    wanted = InboxAsked(asked=query.asked(), unread=query.state == "unread", about=about)
    content = {
        "found": await inbox.read_inbox(tools_of(request), actor, wanted, language_of(request)),
        "asked": {"q": query.q, "state": query.state, "about": about},
        "subjects": subjects,
        "cursor": query.cursor,
        "back": query.back,
        "shell": shell_of(actor.role),
        "home": home_of(actor.role),
    }
    return page(request, "inbox.html", content)


@post("/inbox/openings", opt=needs(Action.INBOX_MARK))
async def open_message(request: WebRequest) -> Redirect:
    """Note a message as read and go where it leads."""
    chosen = await form_of(request, OpenForm)
    path = await inbox.open_message(tools_of(request), actor_of(request), chosen.message)
    return Redirect(path, status_code=303)


@post("/inbox/readings", opt=needs(Action.INBOX_MARK))
async def mark_all(request: WebRequest) -> Redirect:
    """Note everything that was there as read."""
    form = await form_of(request, MomentForm)
    back = await inbox.mark_all_read(tools_of(request), actor_of(request), form.at)
    what = {"back": back} if back else {"said": "inbox_read"}
    return Redirect(address(INBOX, what), status_code=303)


@post("/inbox/undoings", opt=needs(Action.INBOX_MARK))
async def take_back(request: WebRequest) -> Redirect:
    """Unread again, what was marked at once."""
    form = await form_of(request, MomentForm)
    await inbox.take_back(actor_of(request), form.at)
    return Redirect(address(INBOX, said="inbox_unread"), status_code=303)


ROUTES = [show_inbox, open_message, mark_all, take_back]
