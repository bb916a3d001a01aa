"""Signed requests to other systems. What a name stands for is looked up once, asked about, and that
very address is called: a name that changes its mind in between leads nowhere else.
"""

import asyncio
import socket
import ssl
from datetime import datetime
from urllib.parse import urlsplit

import certifi
import httpx
import msgspec

from inspection.domain.messages.delivery import Outcome, Sent
from inspection.domain.messages.webhook import may_call, signature

PATIENCE_SECONDS = 10.0

_LATER = frozenset({408, 425, 429})
NOT_ALLOWED = "address_not_allowed"
UNKNOWN_HOST = "unknown_host"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A request: where to, what about, and the secrets that sign it."""

    id: str
    url: str
    secrets: tuple[str, ...]
    body: bytes
    at: datetime


async def send_webhook(call: Call, *, private: bool) -> Sent:
    """Send it to the first address the host has that may be called. Never raises for what the
    network or the system does; redirects are not followed.
    """
    parts = urlsplit(call.url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        addresses = await _addresses(host, port)
    except OSError:
        return Sent(Outcome.LATER, UNKNOWN_HOST)
    if not all(may_call(address, private=private) for address in addresses):
        return Sent(Outcome.REFUSED, NOT_ALLOWED)
    return await _send(call, host, port, addresses[0])


async def _addresses(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


async def _send(call: Call, host: str, port: int, address: str) -> Sent:
    url = httpx.URL(call.url).copy_with(host=address, port=port)
    named = host if port in (80, 443) else f"{host}:{port}"
    trusted = ssl.create_default_context(cafile=certifi.where())
    trusted.load_default_certs()
    # No proxy of the environment: it would look the name up anew.
    client = httpx.AsyncClient(
        timeout=PATIENCE_SECONDS, follow_redirects=False, trust_env=False, verify=trusted
    )
    async with client:
        try:
            # The answer's body says nothing we need, and is not ours to trust: it is never read.
            async with client.stream(
                "POST",
                url,
                content=call.body,
                headers={"host": named, **headers(call)},
                extensions={"sni_hostname": host},
            ) as answer:
                return sent_of(answer.status_code)
        except httpx.HTTPError as fault:
            return Sent(Outcome.LATER, type(fault).__name__)


def headers(call: Call) -> dict[str, str]:
    """What proves the request, as Standard Webhooks has it."""
    signed = (signature(secret, call.id, call.at, call.body) for secret in call.secrets)
    return {
        "content-type": "application/json",
        "user-agent": "Mingcha",
        "webhook-id": call.id,
        "webhook-timestamp": str(int(call.at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def sent_of(status: int) -> Sent:
    """What an answer with this status means for the message."""
    code = f"http {status}"
    if 200 <= status < 300:
        return Sent(Outcome.TAKEN, code)
    if status >= 500 or status in _LATER:
        return Sent(Outcome.LATER, code)
    return Sent(Outcome.REFUSED, code)
