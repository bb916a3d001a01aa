"""Where a phone wants to be told that there is something new, and what may stand there."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from inspection.domain.refusals import BodyRefused, Fault

POINT_BYTES = 65
AUTH_BYTES = 16

# The curve P-256: y² = x³ - 3x + b over the integers modulo p.
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


class PushSubscriptionIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the browser gives: the address to send to and the keys only it can open with."""

    endpoint: Annotated[str, Meta(min_length=1, max_length=1000)]
    p256dh: Annotated[str, Meta(min_length=1, max_length=100)]
    auth: Annotated[str, Meta(min_length=1, max_length=40)]


def check_subscription(said: PushSubscriptionIn, hosts: tuple[str, ...]) -> None:
    """Raises BodyRefused naming every place that is wrong. Only addresses on the listed hosts are
    ever called: what a phone says must not lead our requests anywhere else.
    """
    if faults := tuple(_faults(said, hosts)):
        raise BodyRefused(faults=faults)


def _faults(said: PushSubscriptionIn, hosts: tuple[str, ...]) -> Iterator[Fault]:
    if not is_push_address(said.endpoint, hosts):
        yield Fault("/endpoint", "push.endpoint_refused")
    if not _is_point(decoded(said.p256dh)):
        yield Fault("/p256dh", "push.key_refused")
    if len(decoded(said.auth)) != AUTH_BYTES:
        yield Fault("/auth", "push.key_refused")


def is_push_address(endpoint: str, hosts: tuple[str, ...]) -> bool:
    """Whether the address is HTTPS on a listed host; another port only where the list names it."""
    if not (endpoint.isascii() and endpoint.isprintable()) or set(endpoint) & set(' \\"<>^`{|}'):
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username is not None or parts.fragment:
        return False
    host = (parts.hostname or "").lower()
    named = host if port in (None, 443) else f"{host}:{port}"
    return any(_covers(listed, named) for listed in hosts)


def listed_hosts(listed: str) -> tuple[str, ...]:
    """The hosts of a comma-separated list."""
    return tuple(part.strip().lower() for part in listed.split(",") if part.strip())


def encoded(content: bytes) -> str:
    """Base64 as web push writes it: for addresses, without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of such a text; none when it is none."""
    try:
        content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
    return content if encoded(content) == text.rstrip("=") else b""


def _covers(listed: str, host: str) -> bool:
    if listed.startswith("*."):
        return host.endswith(listed[1:]) and len(host) > len(listed[1:])
    return bool(listed) and host == listed


def _is_point(content: bytes) -> bool:
    if len(content) != POINT_BYTES or content[0] != 4:
        return False
    x, y = int.from_bytes(content[1:33]), int.from_bytes(content[33:])
    return x < _P and y < _P and (y * y - x * x * x + 3 * x - _B) % _P == 0
