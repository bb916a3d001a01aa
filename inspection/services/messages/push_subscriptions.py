"""Who is told of new assignments, and on which of their browsers."""

from collections.abc import Iterable

from inspection.domain.access import Actor
from inspection.domain.messages.push import PushSubscriptionIn, check_subscription
from inspection.domain.refusals import NotFound
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.messages import push_subscriptions
from inspection.persistence.messages.push_key import PushKey
from inspection.persistence.messages.push_subscriptions import NewPush, PushRow
from inspection.services.tools import Tools

SEND_PUSH = "push.send"
TOPIC = "assignments"


def push_key(tools: Tools) -> PushKey | None:
    """The key phones subscribe under; None where the operator listed no push service."""
    return tools.push.key if tools.push.hosts else None


async def subscribe(tools: Tools, actor: Actor, session: str, said: PushSubscriptionIn) -> None:
    """Tell this browser from now on, until its session ends. Raises BodyRefused."""
    check_subscription(said, tools.push.hosts)
    async with tx():
        await push_subscriptions.keep_subscription(
            NewPush(
                id=tools.new_id(),
                account=actor.account,
                session=session,
                endpoint=said.endpoint,
                p256dh=said.p256dh,
                auth=said.auth,
                created_at=tools.now(),
            )
        )


async def unsubscribe(session: str) -> None:
    """Tell this browser no more. Raises NotFound when it was not told."""
    if not await push_subscriptions.drop_subscription(session):
        raise NotFound(noun="push_subscription")


async def tell_of_assignments(tools: Tools, inspectors: Iterable[str]) -> None:
    """Leave word for everybody who got assignments, once each, in the caller's transaction: what
    sends it is the worker, so no push service can hold up or undo the planning.
    """
    for account in await push_subscriptions.told_accounts(sorted(set(inspectors))):
        await jobs.enqueue(
            kind=SEND_PUSH,
            key=f"{SEND_PUSH} {tools.new_id()}",
            payload={"account": account},
            at=tools.now(),
        )


async def browsers_of(tools: Tools, account: str) -> tuple[PushRow, ...]:
    """The browsers to tell of this person, as they are now."""
    return await push_subscriptions.subscriptions_of(account, tools.now())


async def note_gone(row: PushRow) -> None:
    """Its push service knows the address no more."""
    await push_subscriptions.forget_subscription(row.id, row.endpoint)


async def note_taken(row: PushRow) -> None:
    """Its push service took the message."""
    if row.failed:
        await push_subscriptions.note_taken(row.id)


async def note_refused(row: PushRow) -> None:
    """Its push service will not take the message; too often in a row, and it is told no more."""
    async with tx():
        await push_subscriptions.note_refused(row.id)
