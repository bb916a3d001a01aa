"""Whose address counts."""

from functools import cache

import pytest
from litestar import Litestar
from litestar.connection import ASGIConnection

from inspection.settings import Settings
from inspection.web.addresses import client_address
from inspection.web.app import create_app
from tests.makers import some_tools


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """`built(trusted)`: the application, built once for each setting."""

    @cache
    def built(trusted: str) -> Litestar:
        tools = some_tools(tmp_path_factory.mktemp("tools"))
        return create_app(tools, Settings(trusted_proxies=trusted))

    return built


@pytest.fixture
def seen(built):
    def seen(peer: str | None, forwarded: str = "", trusted: str = "") -> str:
        app = built(trusted)
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
