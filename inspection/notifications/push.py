"""Messages to phones through the push services of their makers, one request each."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import datetime

import httpx
import msgspec

from inspection.domain.messages.delivery import Outcome
from inspection.notifications.encryption import new_key, sealed
from inspection.notifications.vapid import authorization

TTL_SECONDS = 3 * 24 * 3600
"""How long a push service keeps a message for a phone that is off: then the list is old news."""

PATIENCE_SECONDS = 10.0
SALT_BYTES = 16

_GONE = frozenset({404, 410})
_LATER = frozenset({408, 425, 429})


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """A browser to tell, and what to tell it."""

    endpoint: str
    p256dh: bytes
    auth: bytes
    message: bytes


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who tells: the secret push services know us by, where we are found, and the time."""

    secret: bytes
    contact: str
    now: datetime


async def send(
    sender: Sender, recipients: Sequence[Recipient], *, topic: str
) -> tuple[Outcome, ...]:
    """Send to all at once; what became of each, in order. Never raises for what a service does.
    A later message on the topic replaces one the phone has not fetched yet.
    """
    async with httpx.AsyncClient(timeout=PATIENCE_SECONDS, follow_redirects=False) as client:
        return tuple(
            await asyncio.gather(*(_send(client, sender, each, topic) for each in recipients))
        )


async def _send(
    client: httpx.AsyncClient, sender: Sender, recipient: Recipient, topic: str
) -> Outcome:
    try:
        body = sealed(
            recipient.message,
            recipient.p256dh,
            recipient.auth,
            own=new_key(),
            salt=secrets.token_bytes(SALT_BYTES),
        )
    except ValueError:
        return Outcome.REFUSED
    try:
        headers = _headers(sender, recipient, topic)
        # The answer's body says nothing we need, and is not ours to trust: it is never read.
        async with client.stream(
            "POST", recipient.endpoint, content=body, headers=headers
        ) as answer:
            return outcome_of(answer.status_code)
    except httpx.HTTPError:
        return Outcome.LATER


def _headers(sender: Sender, recipient: Recipient, topic: str) -> dict[str, str]:
    line = authorization(sender.secret, recipient.endpoint, sender.contact, sender.now)
    return {
        "authorization": line,
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(TTL_SECONDS),
        "topic": topic,
        "urgency": "normal",
    }


def outcome_of(status: int) -> Outcome:
    """What an answer with this status means for the subscription."""
    if 200 <= status < 300:
        return Outcome.TAKEN
    if status in _GONE:
        return Outcome.GONE
    return Outcome.LATER if status >= 500 or status in _LATER else Outcome.REFUSED
