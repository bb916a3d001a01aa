"""Telling people: what a transaction leaves in inboxes and on its way to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from inspection.domain.access import AccountId
from inspection.domain.audit.audit import canonical
from inspection.domain.messages.delivery import SEND_KINDS
from inspection.domain.messages.message import (
    RULES,
    Channel,
    Fact,
    Message,
    MessageKind,
    check_facts,
)
from inspection.domain.messages.message_choice import ways
from inspection.domain.messages.quiet_hours import QuietHours, not_before
from inspection.persistence import jobs
from inspection.persistence.messages import bots, deliveries, inbox, message_people, webhooks
from inspection.persistence.messages.deliveries import NewDelivery
from inspection.persistence.messages.inbox import NewMessage
from inspection.persistence.messages.message_people import Told
from inspection.services.tools import Tools

DIGEST = "message.digest"
"""The kind of job that sends a day's letter."""

SETTLING = timedelta(minutes=2)


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A mail to an address that is nobody's account, with a link only its reader may have."""

    kind: MessageKind
    key: str
    noun: str
    noun_id: str
    facts: Mapping[str, Fact]
    address: str
    link: str
    language: str = "zh-CN"


class Sealed(msgspec.Struct, frozen=True):
    """What of a letter only the sending needs to know."""

    address: str
    link: str


async def tell(tools: Tools, message: Message) -> None:
    """Leave the message in the inbox of everybody meant, and word for the ways they chose, in the
    caller's transaction. Under a key that was told before nobody is told again. Raises FactsWrong.
    """
    check_facts(message.kind, message.facts)
    rule = RULES[message.kind]
    meant = await message_people.told(message.to, rule.roles, message.by)
    new = await inbox.add_messages([_in_inbox(tools, message, each) for each in meant])
    leaving = [one for each in meant if each.account in new for one in _ways(tools, message, each)]
    if message.region_path:
        leaving += await _to_groups(tools, message)
    await _leave(leaving)


async def post(tools: Tools, letter: Letter) -> None:
    """Leave a letter to somebody without an account, in the caller's transaction, once per key. Its
    address and link are sealed, and forgotten once it was sent. Raises FactsWrong.
    """
    check_facts(letter.kind, letter.facts)
    now, id = tools.now(), tools.random_id()
    sealed = msgspec.json.encode(Sealed(letter.address, letter.link)).decode()
    leaving = NewDelivery(
        id=id,
        key=hashed(Channel.MAIL.value, letter.key),
        channel=Channel.MAIL.value,
        kind=letter.kind.value,
        noun=letter.noun,
        noun_id=letter.noun_id,
        facts=canonical(letter.facts),
        language=letter.language,
        sealed=tools.seal_key.seal(sealed, id),
        due_at=now,
        created_at=now,
    )
    await _leave([leaving])


async def stand_of(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Where letters stand, by their keys: state, and the code of the last try."""
    kept = {hashed(Channel.MAIL.value, key): key for key in keys}
    return {kept[key]: stand for key, stand in (await deliveries.stand_of(tuple(kept))).items()}


async def leave_job(delivery: str, channel: str, at: datetime) -> None:
    """Have a delivery sent at that time, in the caller's transaction."""
    kind = SEND_KINDS[Channel(channel)]
    key = f"{kind} {delivery} {round(at.timestamp() * 1000)}"
    await jobs.enqueue(kind=kind, key=key, payload={"delivery": delivery}, at=at)


def hashed(*parts: str) -> str:
    """What is kept of a key: whatever it is made of, it has one length."""
    return sha256("\n".join(parts).encode()).hexdigest()


async def _leave(leaving: Sequence[NewDelivery]) -> None:
    kept = await deliveries.add_deliveries(leaving)
    for one in leaving:
        # A day's letter has a job of its own, which the day's first message leaves.
        if one.id in kept and not one.digest:
            await leave_job(one.id, one.channel, one.due_at)
    for account, due_at in sorted({(str(o.account), o.due_at) for o in leaving if o.digest}):
        await jobs.enqueue(
            kind=DIGEST,
            key=f"{DIGEST} {account} {due_at:%Y-%m-%d}",
            payload={"account": account},
            # Whatever was told a moment before is written by then.
            at=due_at + SETTLING,
        )


def _in_inbox(tools: Tools, message: Message, told: Told) -> NewMessage:
    now = tools.now()
    return NewMessage(
        id=tools.random_id(),
        account=told.account,
        kind=message.kind.value,
        noun=message.noun,
        noun_id=message.noun_id,
        facts=canonical(message.facts),
        key=hashed(message.kind.value, message.key),
        at_ms=int(now.timestamp() * 1000),
        created_at=now,
    )


def _ways(tools: Tools, message: Message, told: Told) -> Iterator[NewDelivery]:
    for way in ways(message.kind, told.choice, tools.now()):
        if way.channel not in told.reach:
            continue
        yield msgspec.structs.replace(
            _leaving(tools, message, way.channel, told.account),
            account=AccountId(told.account),
            due_at=way.due_at,
            digest=way.digest,
        )


async def _to_groups(tools: Tools, message: Message) -> list[NewDelivery]:
    rule, leaving = RULES[message.kind], list[NewDelivery]()
    if rule.bot:
        held = not_before(tools.now(), QuietHours())
        for bot in await bots.bots_over(message.region_path):
            one = _leaving(tools, message, Channel.BOT, bot.id)
            leaving.append(
                msgspec.structs.replace(one, target=bot.id, language=bot.language, due_at=held)
            )
    if rule.webhook:
        for hook in await webhooks.webhooks_over(message.region_path):
            if hook.hears(message.kind.value):
                one = _leaving(tools, message, Channel.WEBHOOK, hook.id)
                leaving.append(msgspec.structs.replace(one, target=hook.id))
    return leaving


def _leaving(tools: Tools, message: Message, channel: Channel, whom: str) -> NewDelivery:
    now = tools.now()
    return NewDelivery(
        id=tools.random_id(),
        key=hashed(channel.value, whom, message.kind.value, message.key),
        channel=channel.value,
        kind=message.kind.value,
        noun=message.noun,
        noun_id=message.noun_id,
        facts=canonical(message.facts),
        region_path=message.region_path,
        due_at=now,
        created_at=now,
    )
