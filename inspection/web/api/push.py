"""Being told of new assignments: the key to subscribe under, and the browser that asks."""

import asyncio

import msgspec
from litestar import delete, get, put

from inspection.domain.access import Action
from inspection.domain.messages.push import PushSubscriptionIn
from inspection.notifications.vapid import public_key
from inspection.services.messages import push_subscriptions
from inspection.web.decoding import json_of
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, session_of, tools_of


class PushKeyOut(msgspec.Struct, frozen=True):
    """The public key phones subscribe under; none where this server tells nobody."""

    key: str | None


class PushSubscriptionOut(msgspec.Struct, frozen=True):
    """The address that is told now."""

    endpoint: str


@get("/api/push-key", opt=needs(Action.PUSH_SUBSCRIBE))
async def read_push_key(request: WebRequest) -> PushKeyOut:
    """Say under which key to subscribe."""
    key = push_subscriptions.push_key(tools_of(request))
    return PushKeyOut(public_key(await asyncio.to_thread(key.secret)) if key else None)


@put("/api/push-subscription", opt=needs(Action.PUSH_SUBSCRIBE, reads=PushSubscriptionIn))
async def keep_push_subscription(request: WebRequest) -> PushSubscriptionOut:
    """Tell this browser of new assignments until its session ends."""
    said = await json_of(request, PushSubscriptionIn)
    session = session_of(request).id
    await push_subscriptions.subscribe(tools_of(request), actor_of(request), session, said)
    return PushSubscriptionOut(said.endpoint)


@delete("/api/push-subscription", opt=needs(Action.PUSH_SUBSCRIBE), status_code=204)
async def drop_push_subscription(request: WebRequest) -> None:
    """Tell this browser no more."""
    await push_subscriptions.unsubscribe(session_of(request).id)


ROUTES = [read_push_key, keep_push_subscription, drop_push_subscription]
