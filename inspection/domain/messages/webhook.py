"""Other systems that are told: where they may be, and how a request proves where it is from
(Standard Webhooks: an id, a time, and an HMAC-SHA256 over both and the body).
"""

import hmac
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

from inspection.domain.refusals.messages import WebhookUrlRefused

PREFIX = "whsec_"
OLD_SECRET_LIVES = timedelta(hours=24)
"""How long the secret before goes on signing beside a new one."""

LONGEST_URL = 1000


def checked_url(text: str, hosts: tuple[str, ...], *, private: bool) -> str:
    """The address to send to. `hosts` are the only ones allowed, when there are any; `private` lets
    machines of the own network be told, also without TLS. Raises WebhookUrlRefused.
    """
    url = text.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise WebhookUrlRefused from None
    if len(url) > LONGEST_URL or not host or parts.fragment or parts.username is not None:
        raise WebhookUrlRefused
    if port == 0 or not url.isascii() or any(sign in url for sign in " \t\r\n\\"):
        raise WebhookUrlRefused
    if parts.scheme not in ({"https", "http"} if private else {"https"}):
        raise WebhookUrlRefused
    if hosts and host not in hosts:
        raise WebhookUrlRefused
    if not private and _is_inside(host):
        raise WebhookUrlRefused
    return url


def may_call(address: str, *, private: bool) -> bool:
    """Whether a machine with this IP address may be called: no loopback, private network, link or
    cloud metadata unless the operator allows it.
    """
    ip = ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None)
    return private or ((mapped or ip).is_global and not (mapped or ip).is_multicast)


def new_secret(random_bytes: bytes) -> str:
    """A secret as systems are given it."""
    return PREFIX + b64encode(random_bytes).decode()


def signature(secret: str, message: str, at: datetime, body: bytes) -> str:
    """What proves that whoever has the secret sent this body under this id at this time."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{int(at.timestamp())}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()


def _is_inside(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not may_call(host, private=False)
    except ValueError:
        # A name: what it stands for is looked up, and asked about, when it is called.
        return "." not in host
