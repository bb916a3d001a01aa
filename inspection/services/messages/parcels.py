"""What the worker hands to the senders: whom, in which language, which words, where they lead."""

from collections.abc import Sequence

import msgspec

from inspection.domain.access import Role
from inspection.domain.messages.bot import BotAddress
from inspection.domain.messages.delivery import DeliveryState
from inspection.domain.messages.message import MessageKind
from inspection.domain.messages.message_path import LinePlace, path_to, tapped
from inspection.persistence.messages import bots, deliveries, push_subscriptions, webhooks
from inspection.persistence.messages.deliveries import DeliveryRow
from inspection.persistence.messages.push_subscriptions import PushRow
from inspection.services.messages.message_words import Worded, discreetly
from inspection.services.messages.messages import Sealed
from inspection.services.tools import Tools
from inspection.wording import Language

CHOICES = "/me/notifications"


class MailParcel(msgspec.Struct, frozen=True, kw_only=True):
    """A letter: one message, or all of a day. `choices` is empty for who has no account."""

    id: str
    to: str
    language: Language
    words: tuple[Worded, ...]
    link: str
    choices: str


class PushParcel(msgspec.Struct, frozen=True, kw_only=True):
    """A notification for the browsers of one person; none is left means there is nobody to tell."""

    id: str
    language: Language
    words: Worded
    path: str
    browsers: tuple[PushRow, ...]


class BotParcel(msgspec.Struct, frozen=True, kw_only=True):
    """Something to say in a group."""

    address: BotAddress
    text: str


class WebhookParcel(msgspec.Struct, frozen=True, kw_only=True):
    """A request to another system, with the secrets that sign it."""

    id: str
    url: str
    secrets: tuple[str, ...]
    body: bytes


class WebhookEvent(msgspec.Struct, frozen=True, kw_only=True):
    """What another system is told. `data` says what it is about and the facts of its kind, none of
    which is an inspector or a time of a visit.
    """

    type: str
    timestamp: str
    data: dict[str, object]


async def waiting(delivery: str) -> DeliveryRow | None:
    """The delivery while it is still to be made."""
    row = await deliveries.find_delivery(delivery)
    return row if row is not None and row.state is DeliveryState.WAITING else None


async def digest_rows(tools: Tools, account: str) -> tuple[DeliveryRow, ...]:
    """What waits for the day's letter of a person."""
    return await deliveries.due_for_digest(account, tools.now())


def mail_parcel(tools: Tools, rows: Sequence[DeliveryRow]) -> MailParcel | None:
    """The letter that says all these, which are of one person; None when no address is left."""
    row = rows[0]
    language = Language(row.language)
    words = tuple(discreetly(MessageKind(each.kind), each.facts, language) for each in rows)
    parcel = MailParcel(id=row.id, to="", language=language, words=words, link="", choices="")
    if row.sealed:
        sealed = msgspec.json.decode(tools.seal_key.opened(row.sealed, row.id), type=Sealed)
        return msgspec.structs.replace(parcel, to=sealed.address, link=sealed.link)
    if row.disabled or not row.mail:
        return None
    path = _path(row) if len(rows) == 1 else "/inbox"
    choices = tools.address + CHOICES
    link = tools.address + path
    return msgspec.structs.replace(parcel, to=row.mail, link=link, choices=choices)


async def push_parcel(tools: Tools, row: DeliveryRow) -> PushParcel:
    """The notification of a delivery."""
    language = Language(row.language)
    found = await push_subscriptions.subscriptions_of(row.account or "", tools.now())
    return PushParcel(
        id=row.id,
        language=language,
        words=discreetly(MessageKind(row.kind), row.facts, language),
        path=tapped(row.noun, row.noun_id, row.role or Role.ADMINISTRATOR, _line(row)),
        browsers=found,
    )


async def bot_parcel(tools: Tools, row: DeliveryRow) -> BotParcel | None:
    """What to say in which group; None when its bot is gone or switched off."""
    bot = await bots.find_bot(row.target)
    if bot is None or bot.state != "on":
        return None
    words = discreetly(MessageKind(row.kind), row.facts, Language(row.language))
    address = msgspec.json.decode(tools.seal_key.opened(bot.sealed, bot.id), type=BotAddress)
    return BotParcel(
        address=address, text=f"{words.title}\n{words.body}\n{tools.address}{_path(row)}"
    )


async def webhook_parcel(tools: Tools, row: DeliveryRow) -> WebhookParcel | None:
    """The request of a delivery; None when the subscription is gone or switched off."""
    hook = await webhooks.find_webhook(row.target)
    if hook is None or hook.state != "on":
        return None
    sealed = [hook.sealed]
    if hook.old_until is not None and tools.now() < hook.old_until:
        sealed.append(hook.sealed_old)
    facts = msgspec.json.decode(row.facts, type=dict[str, object])
    event = WebhookEvent(
        type=row.kind,
        timestamp=row.created_at.isoformat(),
        data={"noun": row.noun, "id": row.noun_id, "facts": facts},
    )
    return WebhookParcel(
        id=row.id,
        url=hook.url,
        secrets=tuple(tools.seal_key.opened(each, hook.id) for each in sealed),
        body=msgspec.json.encode(event, order="sorted"),
    )


def _path(row: DeliveryRow) -> str:
    return path_to(row.noun, row.noun_id, row.role or Role.ADMINISTRATOR, _line(row))


def _line(row: DeliveryRow) -> LinePlace | None:
    return LinePlace(row.notice, row.number) if row.notice and row.number else None
