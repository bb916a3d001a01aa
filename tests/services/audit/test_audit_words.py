"""The log in words, as its page and its files say it."""

import pytest

from inspection.services.audit.audit_words import field_words, value_words
from inspection.wording import Language, say

EN = Language.EN


@pytest.mark.parametrize("nothing", [None, "", []])
def test_nothing_has_a_word(nothing):
    assert value_words(EN, nothing) == say(EN, "audit.nothing")


def test_values_are_said_in_words_as_far_as_there_are_any():
    assert value_words(EN, True) == say(EN, "audit_value.true")
    assert value_words(EN, False) == say(EN, "audit_value.false")
    assert value_words(EN, "locked", "round") == say(EN, "round_state.locked")
    assert value_words(EN, "reviewer") == say(EN, "role.reviewer")
    assert value_words(EN, "own") == say(EN, "audit_value.own")
    assert value_words(EN, "in_app", "notice", "channel") == say(EN, "delivery_way.in_app")
    assert value_words(EN, "facts", "appeal", "ground") == say(EN, "appeal_ground.facts")
    assert value_words(EN, "round", "bulletin", "kind") == say(EN, "bulletin.kind.round")
    filed, advised = say(EN, "appeal_state.filed"), say(EN, "appeal_state.advised")
    moved = value_words(EN, ["filed", "advised"], "appeal", "state")
    assert moved == f"{filed} → {advised}"
    assert value_words(EN, "region", "appeal", "voice") == say(EN, "audit_value.voice.region")
    assert value_words(EN, "东方红") == "东方红"
    assert value_words(EN, 7) == "7"
    assert value_words(EN, {"a": ["店"]}) == '{"a":["店"]}'


def test_a_field_has_a_name_or_is_called_what_it_is():
    assert field_words(EN, "state") == say(EN, "audit_field.state")
    assert field_words(EN, "reason") in (say(EN, "field.reason"), say(EN, "audit_field.reason"))
    assert field_words(EN, "nobody_named_it") == "nobody_named_it"
