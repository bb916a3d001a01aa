"""Whose address counts."""

import pytest
from litestar.connection import ASGIConnection

from inspection.settings import Settings
from inspection.web.addresses import client_address
from inspection.web.app import create_app
from tests.makers import some_tools


@pytest.fixture
def seen(tmp_path):
    def seen(peer: str | None, forwarded: str = "", trusted: str = "") -> str:
        app = create_app(some_tools(tmp_path), Settings(trusted_proxies=trusted))
        headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
        scope = {"type": "http", "headers": headers, "litestar_app": app, "state": {}}
        scope["client"] = (peer, 1) if peer else None
        return client_address(ASGIConnection(scope))

    return seen


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.7", "", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "10.0.0.0/8", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", "10.0.0.0/8", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "10.0.0.0/8, ::1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, not an address", "10.0.0.0/8", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.0/8", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.0/8", "10.0.0.1"),
        ("::1", "2001:db8::1", "::1", "2001:db8::1"),
        (None, "198.51.100.1", "10.0.0.0/8", ""),
    ],
)
def test_only_trusted_proxies_speak_for_others(seen, peer, forwarded, trusted, expected):
    assert seen(peer, forwarded, trusted) == expected
