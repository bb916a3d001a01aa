"""What the log says of a change."""

import msgspec
import pytest

from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.services.changes import changes, record
from tests.cast import GUO


class Shop(msgspec.Struct):
    """Something that changes."""

    name: str
    kind: str = "hall"
    secret: str = ""


class Pair(msgspec.Struct, array_like=True):
    """Something without names."""

    a: int


def test_only_what_differs_is_named_with_both_sides():
    assert changes(Shop("a"), Shop("b")) == {"name": ["a", "b"]}
    assert changes(Shop("a"), Shop("a")) == {}
    assert changes(Shop("a"), Shop("a", secret="s"), beside={"secret"}) == {}


def test_what_is_made_was_nothing_and_what_goes_becomes_nothing():
    assert changes(None, Shop("a"), {"secret", "kind"}) == {"name": [None, "a"]}
    assert changes(Shop("a"), None, {"secret", "kind"}) == {"name": ["a", None]}


def test_a_thing_without_names_is_a_mistake_of_ours():
    with pytest.raises(TypeError, match="Pair"):
        changes(Pair(1), None)


async def test_the_event_says_who_and_what(database, tools):
    async with tx():
        await record(tools, GUO.actor, "shop.edit", ("shop", "1"), {"changes": {"name": [1, 2]}})
        await record(tools, None, "shop.edit", ("shop", "1"), {})
    first, second = await audit.events_of("shop", "1")
    assert (first.actor, first.body) == (GUO.account, '{"changes":{"name":[1,2]}}')
    assert second.actor == ""
