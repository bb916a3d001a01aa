"""No hostile body, query or address gives a fault of ours, on any route."""

import json
from base64 import urlsafe_b64encode

import pytest

from inspection.domain.access import Action, Role, granted
from tests.caller import Caller
from tests.cast import BY_ROLE, GUO, LI
from tests.habits.routes import routes_of
from tests.visitor import Visitor

HOSTILE_BODIES = {
    "nothing": b"",
    "no json": b"{",
    "not utf-8": b"\xff\xfe\x00",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"x"',
    "an empty object": b"{}",
    "unknown": b'{"unexpected": {"total": 100}}',
    "deep": b'{"a":' * 2000 + b"1" + b"}" * 2000,
    "very deep": b"[" * 90_000,
    "a huge number": b'{"a": ' + b"9" * 5000 + b"}",
    "not finite": b'{"a": NaN, "b": 1e400}',
    "half a character": b'{"a": "\\ud800"}',
    "nul": b'{"a": "\\u0000", "\\u0000": 1}',
    "twice": b'{"a": 1, "a": 2}',
    "wrong types": b'{"sign_in": 1, "password": [], "language": {}, "format": "1", "answers": 5}',
    "a form": b"decision=approve&reason=%00&reason=%ff",
}


HOSTILE_CURSORS = [
    [1, 1, "a\0"],
    [1, 1, "\ud800"],
    [2**63, 1, "a"],
    [1, -(2**63) - 1, "a"],
    [10**25, 10**25, "a"],
    [2, "2026-11-18T01:00:00Z", "a"],
    [10**12, "2026-11-18T01:00:00Z", "a"],
    [10**30, "2026-11-18T01:00:00Z", "a"],
    [1, "2026-11-18T01:00:00", "a"],
    [1, "0001-01-01T00:00:00+14:00", "a"],
    [1, "9999-12-31T23:59:59-12:00", "a"],
    ["0001-01-01T00:00:00+14:00", "a"],
    ["9999-12-31T23:59:59-12:00", "a"],
    ["2026-11-18T01:00:00Z", "a\0"],
]


def as_cursor(place: list[object]) -> str:
    """What a link would carry."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


HOSTILE_QUERIES = [
    "a=%00",
    "round=%FF&round=2",
    "cursor=" + "9" * 3000,
    "%",
    "lang=%ED%A0%80",
    "&&=&=",
    *(f"cursor={as_cursor(place)}" for place in HOSTILE_CURSORS),
]


HOSTILE_PLACES = [
    "%00",
    "a%1Fb",
    "%FF",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "%2e%2e%2f",
    "..",
    "'--",
    "-1",
    "0",
    "9" * 40,
    "a" * 3000,
    "%0d%0aset-cookie:a=b",
]


MEDIA_TYPES = ["application/json", "application/x-www-form-urlencoded", "text/plain", ""]


@pytest.mark.parametrize("role", Role)
async def test_no_hostile_body_or_query_gives_a_fault_of_ours(app, signed_in, role):
    somebody = Caller(app, await signed_in(BY_ROLE[role]))
    for place, route in enumerate(routes_of(app)):
        if route.action is Action.SESSION_CLOSE or route.action is Action.SESSION_OPEN:
            continue
        if route.action is not Action.PUBLIC and not granted(role, route.action):
            continue
        # Addresses and bodies are read before anybody asks whose they are: one role sends a route
        # everything; of the others each asks a part, and another part of the next route.
        if role is first_to_hold(route.action):
            await assert_addresses_never_500(somebody, route)
            await assert_bodies_never_500(somebody, route)
        else:
            await assert_addresses_never_500(somebody, route, one_in=3, begin=place % 3)


def first_to_hold(action):
    """The first role that holds an action."""
    return next(role for role in Role if action is Action.PUBLIC or granted(role, action))


async def test_no_hostile_sign_in_gives_a_fault_of_ours(app, visitor):
    stranger = Caller(app, visitor)
    for route in routes_of(app):
        if route.action is Action.SESSION_OPEN:
            await assert_addresses_never_500(stranger, route)
            await assert_bodies_never_500(stranger, route)


async def test_no_hostile_address_gives_a_fault_of_ours_on_postgresql(postgres_app):
    for person in (LI, GUO):
        visitor = Visitor(postgres_app)
        await visitor.sign_in(person)
        somebody = Caller(postgres_app, visitor)
        for route in routes_of(postgres_app):
            if route.method == "GET" and granted(person.role, route.action):
                await assert_addresses_never_500(somebody, route)


async def assert_bodies_never_500(somebody, route):
    if not route.changes:
        return
    for name, body in HOSTILE_BODIES.items():
        for media_type in MEDIA_TYPES:
            headers = {"content-type": media_type}
            answer = await somebody.send(route.method, route.address, content=body, headers=headers)
            assert 400 <= answer.status_code < 500, (route, name, media_type, answer.text)


async def assert_addresses_never_500(somebody, route, one_in=1, begin=0):
    for place in HOSTILE_PLACES[begin::one_in] if "{" in route.path else ():
        answer = await somebody.send(route.method, route.address_with(place))
        assert answer.status_code < 500, (route, place, answer.text)
        assert "set-cookie" not in answer.headers, (route, place)
    for query in HOSTILE_QUERIES[begin::one_in]:
        answer = await somebody.send(route.method, f"{route.address}?{query}")
        assert answer.status_code < 500, (route, query, answer.text)
