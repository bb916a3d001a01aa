"""One's own inbox: what one was told, and what of it one has read."""

from datetime import UTC, datetime

import msgspec

from inspection.domain.access import Action, Actor, Role
from inspection.domain.listing import ListAsked
from inspection.domain.messages.message import RULES, MessageKind
from inspection.domain.messages.message_path import LinePlace, path_to
from inspection.domain.refusals import NotFound
from inspection.persistence.engine import tx
from inspection.persistence.messages import inbox
from inspection.persistence.messages.inbox import MessageRow, MessagesWanted
from inspection.services.messages.message_words import worded
from inspection.services.reach import check_granted
from inspection.services.tools import Tools
from inspection.wording import Language

MOST_COUNTED = 100
"""A bell says "99+" beyond that."""


class InboxAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an inbox. `about` is the noun of the kinds wanted, empty for all."""

    asked: ListAsked
    unread: bool = False
    about: str = ""


class InboxItem(msgspec.Struct, frozen=True, kw_only=True):
    """A message in words."""

    id: str
    kind: MessageKind
    title: str
    body: str
    path: str
    at: datetime
    read: bool


class Inbox(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an inbox; `until_ms` is when it was looked at."""

    items: tuple[InboxItem, ...]
    total: int
    unread: int
    until_ms: int
    next_cursor: str | None


def subjects(actor: Actor) -> tuple[str, ...]:
    """The nouns this person can be told about, in the order of the kinds."""
    kinds = (kind for kind in MessageKind if actor.role in _roles(kind))
    return tuple(dict.fromkeys(_about(kind) for kind in kinds))


async def read_inbox(tools: Tools, actor: Actor, wanted: InboxAsked, language: Language) -> Inbox:
    """One page, what was not read first. Raises CursorRefused."""
    check_granted(actor, Action.INBOX_READ)
    kinds = tuple(kind.value for kind in MessageKind if _about(kind) == wanted.about)
    found = await inbox.list_messages(
        MessagesWanted(account=actor.account, unread=wanted.unread, kinds=kinds, asked=wanted.asked)
    )
    return Inbox(
        items=tuple(_item(row, actor, language) for row in found.rows),
        total=found.total,
        unread=await unread(actor),
        until_ms=_ms(tools.now()),
        next_cursor=found.next_cursor,
    )


async def unread(actor: Actor) -> int:
    """How many messages the person has not read, at most MOST_COUNTED."""
    return await inbox.unread_of(actor.account, MOST_COUNTED)


async def mark_read(tools: Tools, actor: Actor, messages: tuple[str, ...]) -> int:
    """Note these as read; how many are left. Doing it again, or for another's, changes nothing."""
    check_granted(actor, Action.INBOX_MARK)
    async with tx():
        if messages:
            await inbox.note_read(actor.account, messages, tools.now())
    return await unread(actor)


async def open_message(tools: Tools, actor: Actor, message: str) -> str:
    """Note it as read; the path of the thing it is about. Raises NotFound."""
    check_granted(actor, Action.INBOX_MARK)
    async with tx():
        row = await inbox.find_message(actor.account, message)
        if row is None:
            raise NotFound(noun="inbox_message")
        await inbox.note_read(actor.account, (message,), tools.now())
    return _path(row, actor)


async def mark_all_read(tools: Tools, actor: Actor, until_ms: int) -> int:
    """Note everything told until then as read: what came later nobody has seen. The moment it was
    noted at, for taking it back; 0 when there was nothing.
    """
    check_granted(actor, Action.INBOX_MARK)
    at = _moment(_ms(tools.now()))
    async with tx():
        noted = await inbox.note_all_read(actor.account, until_ms, at)
    return _ms(at) if noted else 0


async def take_back(actor: Actor, at_ms: int) -> None:
    """What was noted as read at that moment is unread again."""
    check_granted(actor, Action.INBOX_MARK)
    async with tx():
        await inbox.note_unread(actor.account, _moment(at_ms))


def _item(row: MessageRow, actor: Actor, language: Language) -> InboxItem:
    kind = MessageKind(row.kind)
    words = worded(kind, row.facts, language)
    return InboxItem(
        id=row.id,
        kind=kind,
        title=words.title,
        body=words.body,
        path=_path(row, actor),
        at=row.created_at,
        read=row.read_at is not None,
    )


def _path(row: MessageRow, actor: Actor) -> str:
    line = LinePlace(row.notice, row.number) if row.notice and row.number else None
    return path_to(row.noun, row.noun_id, actor.role, line)


def _about(kind: MessageKind) -> str:
    return kind.value.partition(".")[0]


def _roles(kind: MessageKind) -> frozenset[Role]:
    return RULES[kind].roles


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
