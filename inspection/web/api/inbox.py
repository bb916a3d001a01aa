"""One's own inbox, for phones."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get, put
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.listing import ListAsked
from inspection.services.messages import inbox
from inspection.services.messages.inbox import InboxAsked, InboxItem
from inspection.web.decoding import json_of, query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.session import WebRequest, actor_of, tools_of

MOST_MARKED = 200


class InboxQuery(msgspec.Struct, frozen=True):
    """What the address may say."""

    cursor: Annotated[str, Meta(max_length=400)] = ""
    unread: bool = False


class MessageOut(msgspec.Struct, frozen=True, kw_only=True):
    """A message in the caller's language; `path` is the page of the thing it is about."""

    id: str
    kind: str
    title: str
    body: str
    path: str
    at: datetime
    read: bool


class InboxOut(msgspec.Struct, frozen=True, kw_only=True):
    """A page of messages, what was not read first; `unread` counts them all, to 100."""

    messages: tuple[MessageOut, ...]
    unread: int
    next_cursor: str | None


class ReadIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which messages were read."""

    messages: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=36)], ...], Meta(max_length=MOST_MARKED)
    ]


class UnreadOut(msgspec.Struct, frozen=True):
    """How many are left."""

    unread: int


@get("/api/inbox", opt=needs(Action.INBOX_READ))
async def read_inbox(request: WebRequest) -> InboxOut:
    """What the caller was told."""
    query = query_of(request, InboxQuery)
    wanted = InboxAsked(asked=ListAsked(cursor=query.cursor), unread=query.unread)
    found = await inbox.read_inbox(
        tools_of(request), actor_of(request), wanted, language_of(request)
    )
    return InboxOut(
        messages=tuple(_out(item) for item in found.items),
        unread=found.unread,
        next_cursor=found.next_cursor,
    )


@put("/api/inbox/read", opt=needs(Action.INBOX_MARK, reads=ReadIn))
async def mark_read(request: WebRequest) -> UnreadOut:
    """Note messages of the caller as read. The same again changes nothing."""
    said = await json_of(request, ReadIn)
    left = await inbox.mark_read(tools_of(request), actor_of(request), said.messages)
    return UnreadOut(left)


def _out(item: InboxItem) -> MessageOut:
    return MessageOut(
        id=item.id,
        kind=item.kind.value,
        title=item.title,
        body=item.body,
        path=item.path,
        at=item.at,
        read=item.read,
    )


ROUTES = [read_inbox, mark_read]
