"""One's own choices: which messages on which ways, quiet hours, and where letters go."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.messages.mail import checked_mail
from inspection.domain.messages.message import PERSONAL, RULES, Channel, MessageKind
from inspection.domain.messages.quiet_hours import DAY_MINUTES
from inspection.domain.refusals.messages import (
    ChannelChanged,
    ChoiceRefused,
    MailLinkOver,
    MailUnavailable,
)
from inspection.persistence.engine import tx
from inspection.persistence.messages import message_choices, push_subscriptions
from inspection.persistence.messages.message_choices import ChoiceRow
from inspection.persistence.messages.message_people import ways_of
from inspection.services.changes import changes, record
from inspection.services.messages.messages import Letter, post
from inspection.services.reach import check_granted
from inspection.services.tools import Tools

LINK_LIVES = timedelta(hours=24)
_UNSAID = frozenset({"mail_token_hash", "mail_asked_at", "revision"})


class KindChoice(msgspec.Struct, frozen=True):
    """A kind and the ways it goes."""

    kind: MessageKind
    ways: tuple[Channel, ...]


class OwnChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of choices shows. `mail` is the address that counts, `asked` one that waits to
    be confirmed; `browsers` is how many are told.
    """

    kinds: tuple[KindChoice, ...]
    quiet: bool
    quiet_from: int
    quiet_to: int
    digest: bool
    mail: str
    asked: str
    browsers: int
    mail_available: bool
    push_available: bool
    revision: int


class ChoiceGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody chose. `chosen` holds `kind/channel` for every way that is on."""

    chosen: frozenset[str]
    quiet: bool
    quiet_from: int
    quiet_to: int
    digest: bool


def own_kinds(actor: Actor) -> tuple[MessageKind, ...]:
    """The kinds this person can be told on other ways than the inbox."""
    told = (kind for kind in MessageKind if actor.role in RULES[kind].roles)
    return tuple(kind for kind in told if kind is not MessageKind.DELIVERY_FAILED)


async def own_choices(tools: Tools, actor: Actor) -> OwnChoices:
    """One's own choices as they are."""
    check_granted(actor, Action.SELF_READ)
    row = await message_choices.choice_of(actor.account)
    chosen, told = (
        ways_of(row.ways),
        await push_subscriptions.subscriptions_of(actor.account, tools.now()),
    )
    confirmed = row.mail_confirmed_at is not None
    return OwnChoices(
        kinds=tuple(KindChoice(kind, chosen.get(kind, _usual(kind))) for kind in own_kinds(actor)),
        quiet=row.quiet,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        digest=row.digest,
        mail=row.mail if confirmed else "",
        asked="" if confirmed else row.mail,
        browsers=len(told),
        mail_available=tools.outside.mail is not None,
        push_available=bool(tools.push.hosts),
        revision=row.revision,
    )


async def keep_choices(tools: Tools, actor: Actor, given: ChoiceGiven, seen: int) -> None:
    """Keep what was chosen. Raises ChoiceRefused, and ChannelChanged when another window of the
    person's was faster.
    """
    check_granted(actor, Action.SELF_EDIT)
    if not all(0 <= minute < DAY_MINUTES for minute in (given.quiet_from, given.quiet_to)):
        raise ChoiceRefused
    async with tx():
        row = await message_choices.lock_choice(actor.account)
        if row.revision != seen:
            raise ChannelChanged
        after = msgspec.structs.replace(
            row,
            ways=_kept(own_kinds(actor), given.chosen),
            quiet=given.quiet,
            quiet_from=given.quiet_from,
            quiet_to=given.quiet_to,
            digest=given.digest,
        )
        await _keep(tools, actor, row, after, "choice.keep")


async def ask_mail(tools: Tools, actor: Actor, text: str) -> None:
    """Send letters there once the link in the first one was opened; no address ends them. Raises
    MailRefused and MailUnavailable.
    """
    check_granted(actor, Action.SELF_EDIT)
    address = checked_mail(text)
    if address and tools.outside.mail is None:
        raise MailUnavailable
    token = tools.new_token()
    async with tx():
        row = await message_choices.lock_choice(actor.account)
        after = msgspec.structs.replace(
            row,
            mail=address,
            mail_token_hash=_hashed(token) if address else "",
            mail_asked_at=tools.now(),
            mail_confirmed_at=None,
        )
        if address:
            await post(tools, _letter(tools, actor, address, token))
        await _keep(tools, actor, row, after, "mail.ask")


async def confirm_mail(tools: Tools, actor: Actor, token: str) -> None:
    """The address counts from now on. Raises MailLinkOver for another's link, or an old one."""
    check_granted(actor, Action.SELF_EDIT)
    async with tx():
        row = await message_choices.lock_choice(actor.account)
        asked = row.mail_asked_at
        if asked is None or row.mail_token_hash != _hashed(token):
            raise MailLinkOver
        if asked + LINK_LIVES <= tools.now():
            raise MailLinkOver
        after = msgspec.structs.replace(row, mail_token_hash="", mail_confirmed_at=tools.now())
        await _keep(tools, actor, row, after, "mail.confirm")


async def _keep(
    tools: Tools, actor: Actor, before: ChoiceRow, after: ChoiceRow, action: str
) -> None:
    new = msgspec.structs.replace(after, revision=before.revision + 1)
    await message_choices.keep_choice(tools.new_id(), actor.account, new, tools.now())
    body = {"changes": changes(before, new, _UNSAID)}
    await record(tools, actor, action, ("account", actor.account), body)


def _letter(tools: Tools, actor: Actor, address: str, token: str) -> Letter:
    return Letter(
        kind=MessageKind.MAIL_CONFIRM,
        key=f"confirm {actor.account} {_hashed(token)}",
        noun="account",
        noun_id=actor.account,
        facts={"address": address},
        address=address,
        link=f"{tools.address}/me/notifications?token={token}",
        language=actor.language,
    )


def _kept(kinds: Iterable[MessageKind], chosen: frozenset[str]) -> str:
    """Only what differs from the usual: a usual that changes later changes for them too."""
    ways = {
        kind.value: tuple(c.value for c in PERSONAL if f"{kind.value}/{c.value}" in chosen)
        for kind in kinds
    }
    unusual = {kind: on for kind, on in ways.items() if set(on) != set(_usual(MessageKind(kind)))}
    return msgspec.json.encode(unusual, order="sorted").decode()


def _usual(kind: MessageKind) -> tuple[Channel, ...]:
    return tuple(channel for channel in PERSONAL if channel in RULES[kind].usual)


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
