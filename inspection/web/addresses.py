"""Where a request really comes from: the peer, or whom a proxy we trust names."""

from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from inspection.web.session import Connection

FORWARDED = "x-forwarded-for"

Network = IPv4Network | IPv6Network


def client_address(connection: Connection) -> str:
    """The caller's address. Forwarding headers count only from proxies named in the settings."""
    peer = connection.client.host if connection.client else ""
    trusted = networks(connection.app.state.settings.trusted_proxies)
    if not _is_in(peer, trusted):
        return peer
    named = connection.headers.get(FORWARDED, "").split(",")
    strangers = (name.strip() for name in reversed(named) if not _is_in(name.strip(), trusted))
    return next((name for name in strangers if _is_address(name)), peer)


@cache
def networks(listed: str) -> tuple[Network, ...]:
    """The networks of a comma-separated list. Raises ValueError naming the first bad one."""
    return tuple(ip_network(part.strip()) for part in listed.split(",") if part.strip())


def _is_in(text: str, trusted: tuple[Network, ...]) -> bool:
    return _is_address(text) and any(ip_address(text) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
