"""Where a request really comes from: the peer, or whom a proxy we trust names."""

from ipaddress import ip_address

from inspection.settings import Network
from inspection.web.session import Connection

FORWARDED = "x-forwarded-for"


def client_address(connection: Connection) -> str:
    """The caller's address. Forwarding headers count only from proxies named in the settings."""
    peer = connection.client.host if connection.client else ""
    trusted = connection.app.state.settings.proxies
    if not _is_in(peer, trusted):
        return peer
    named = connection.headers.get(FORWARDED, "").split(",")
    strangers = (name.strip() for name in reversed(named) if not _is_in(name.strip(), trusted))
    return next((name for name in strangers if _is_address(name)), peer)


def _is_in(text: str, trusted: tuple[Network, ...]) -> bool:
    return _is_address(text) and any(ip_address(text) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
