"""Other systems: where they are told, of what, and the secrets that sign it."""

from base64 import urlsafe_b64decode

import msgspec

from inspection.domain.access import Action, Actor, Place
from inspection.domain.messages.message import RULES, Channel, MessageKind
from inspection.domain.messages.webhook import OLD_SECRET_LIVES, checked_url, new_secret
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.messages import ChannelChanged
from inspection.persistence.engine import tx
from inspection.persistence.messages import webhooks
from inspection.persistence.messages.webhooks import KeptWebhook, WebhookRow
from inspection.persistence.people.places import Scope
from inspection.services.changes import changes, record
from inspection.services.messages.channel_tests import leave_test
from inspection.services.reach import check_granted, check_reach, scope_of
from inspection.services.tools import Tools

_UNSAID = frozenset({"sealed", "sealed_old", "changed_by", "changed_at", "revision"})


class WebhookGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a subscription; no kinds means all."""

    name: str
    url: str
    kinds: tuple[str, ...] = ()
    state: str = "on"


def webhook_kinds() -> tuple[MessageKind, ...]:
    """The kinds other systems can hear of."""
    return tuple(kind for kind in MessageKind if RULES[kind].webhook)


async def webhooks_of(actor: Actor) -> tuple[WebhookRow, ...]:
    """The subscriptions of the caller's part of the tree."""
    scope = scope_of(actor, Action.CHANNEL_EDIT)
    return await webhooks.webhooks_in(Scope(scope.path))


async def webhook_of(actor: Actor, webhook: str) -> WebhookRow:
    """One subscription. Raises NotFound."""
    return _reached(actor, await webhooks.find_webhook(webhook))


async def add_webhook(tools: Tools, actor: Actor, given: WebhookGiven) -> tuple[str, str]:
    """Tell a system of what happens in the caller's part of the tree; its id, and the secret, said
    here once and never again. Raises WebhookUrlRefused.
    """
    check_granted(actor, Action.CHANNEL_EDIT)
    url = _checked(tools, given.url)
    id, secret = tools.random_id(), _secret(tools)
    new = KeptWebhook(
        id=id,
        region_path=actor.region_path,
        name=given.name.strip(),
        url=url,
        kinds=_kinds(given),
        sealed=tools.seal_key.seal(secret, id),
        sealed_old="",
        old_until=None,
        state="on",
        revision=1,
        changed_by=actor.account,
        changed_at=tools.now(),
    )
    async with tx():
        await webhooks.keep_webhook(new)
        body = {"changes": changes(None, new, _UNSAID)}
        await record(tools, actor, "webhook.add", ("webhook", id), body)
    return id, secret


async def edit_webhook(
    tools: Tools, actor: Actor, webhook: str, given: WebhookGiven, seen: int
) -> None:
    """Change it. Raises NotFound, WebhookUrlRefused, and ChannelChanged when somebody did
    before.
    """
    check_granted(actor, Action.CHANNEL_EDIT)
    url = _checked(tools, given.url)
    async with tx():
        row = _reached(actor, await webhooks.lock_webhook(webhook))
        if row.revision != seen:
            raise ChannelChanged
        after = _after(
            tools,
            actor,
            row,
            {"name": given.name.strip(), "url": url, "kinds": _kinds(given), "state": given.state},
        )
        await webhooks.keep_webhook(after)
        body = {"changes": changes(row, after, _UNSAID)}
        await record(tools, actor, "webhook.edit", ("webhook", webhook), body)


async def rotate_secret(tools: Tools, actor: Actor, webhook: str, seen: int) -> str:
    """Sign with another secret, said here once; the old one signs too for a day. Raises NotFound
    and ChannelChanged.
    """
    secret = _secret(tools)
    async with tx():
        row = _reached(actor, await webhooks.lock_webhook(webhook))
        if row.revision != seen:
            raise ChannelChanged
        sealed = tools.seal_key.seal(secret, webhook)
        until = tools.now() + OLD_SECRET_LIVES
        changed = {"sealed": sealed, "sealed_old": row.sealed, "old_until": until}
        await webhooks.keep_webhook(_after(tools, actor, row, changed))
        await record(tools, actor, "webhook.rotate", ("webhook", webhook), {})
    return secret


async def try_webhook(tools: Tools, actor: Actor, webhook: str) -> None:
    """Have it told something. Raises NotFound."""
    async with tx():
        row = _reached(actor, await webhooks.lock_webhook(webhook))
        await leave_test(tools, Channel.WEBHOOK, row.id, row.name, row.region_path)
        await record(tools, actor, "webhook.test", ("webhook", webhook), {})


def _after(tools: Tools, actor: Actor, row: WebhookRow, changed: dict[str, object]) -> KeptWebhook:
    facts = msgspec.structs.asdict(row) | changed | {"revision": row.revision + 1}
    return KeptWebhook(**facts, changed_by=actor.account, changed_at=tools.now())


def _checked(tools: Tools, url: str) -> str:
    return checked_url(url, tools.outside.webhooks, private=tools.outside.private)


def _kinds(given: WebhookGiven) -> str:
    known = [kind.value for kind in webhook_kinds() if kind.value in given.kinds]
    return msgspec.json.encode(known).decode()


def _secret(tools: Tools) -> str:
    token = tools.new_token()
    return new_secret(urlsafe_b64decode(token + "=" * (-len(token) % 4)))


def _reached(actor: Actor, row: WebhookRow | None) -> WebhookRow:
    check_granted(actor, Action.CHANNEL_EDIT)
    if row is None:
        raise NotFound(noun="webhook")
    check_reach(actor, Action.CHANNEL_EDIT, Place(region_path=row.region_path), "webhook")
    return row
