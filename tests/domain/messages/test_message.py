"""Kinds of messages: each is worded, each says what it may and no more."""

from datetime import UTC, datetime
from string import Formatter

import pytest

from inspection.domain.access import Role
from inspection.domain.messages.message import (
    RULES,
    TIMES,
    WORDS,
    Channel,
    FactsWrong,
    MessageKind,
    check_facts,
)
from inspection.domain.messages.message_path import LinePlace, path_to, tapped
from inspection.wording import Language, catalogue

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NEVER_SAID = ("inspector", "visit", "started", "device", "place", "latitude", "reviewer", "photo")


def facts_of(kind):
    said = {"lines": 2, "line": 3, "hours": 5, "due": NOW, "until": NOW, "outcome": "granted"}
    return {
        name: said.get(name, "mail" if name == "channel" else name) for name in RULES[kind].facts
    }


def test_every_kind_has_a_rule():
    assert set(RULES) == set(MessageKind)


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("language", list(Language))
def test_the_words_of_a_kind_say_its_facts_and_no_others(kind, language):
    words = catalogue(language)
    for part in ("title", "body"):
        said = Formatter().parse(words[f"message.{kind.value}.{part}"])
        assert {name for _, name, _, _ in said if name} <= set(RULES[kind].facts)
    assert "{" not in words[f"message.{kind.value}.title"], "a title is read over shoulders"


def test_no_kind_says_who_came_or_when():
    for rule in RULES.values():
        assert not [fact for fact in rule.facts if fact.startswith(NEVER_SAID)]


@pytest.mark.parametrize("name", sorted(WORDS))
def test_worded_facts_are_worded(name):
    for language in Language:
        assert all(f"message.word.{name}.{word}" in catalogue(language) for word in WORDS[name])


@pytest.mark.parametrize("kind", list(MessageKind))
def test_the_facts_of_a_kind_are_taken(kind):
    check_facts(kind, facts_of(kind))


@pytest.mark.parametrize(
    "change",
    [{"inspector": "li"}, {"due": "tomorrow"}, {"outcome": "perhaps"}, {"store": NOW}],
)
def test_other_facts_are_a_fault(change):
    kind = MessageKind.EXTENSION_DECIDED
    with pytest.raises(FactsWrong, match=r"extension\.decided"):
        check_facts(kind, facts_of(kind) | change)
    with pytest.raises(FactsWrong, match="store"):
        check_facts(kind, {k: v for k, v in facts_of(kind).items() if k != "store"})


def test_a_name_may_have_its_twin_in_english_and_nothing_else_may():
    line = facts_of(MessageKind.REPLY_VERIFIED)
    check_facts(MessageKind.REPLY_VERIFIED, line | {"item_en": "Floors"})
    with pytest.raises(FactsWrong, match="item_en"):
        check_facts(MessageKind.NOTICE_VOID, facts_of(MessageKind.NOTICE_VOID) | {"item_en": "-"})


def test_what_stores_are_told_may_be_told_to_stores():
    assert Role.STORE_STAFF in RULES[MessageKind.NOTICE_ISSUED].roles
    assert Role.STORE_STAFF not in RULES[MessageKind.APPEAL_FILED].roles
    assert Role.INSPECTOR not in RULES[MessageKind.APPEAL_DECIDED].roles


def test_the_usual_ways_of_a_kind():
    assert RULES[MessageKind.NOTICE_ISSUED].usual == {Channel.PUSH, Channel.MAIL}
    assert RULES[MessageKind.DELIVERY_FAILED].usual == frozenset()


@pytest.mark.parametrize(
    ("noun", "role", "path"),
    [
        ("notice", Role.STORE_STAFF, "/notices/n-1"),
        ("appeal", Role.REVIEWER, "/appeals/n-1"),
        ("visit", Role.INSPECTOR, "/app/"),
        ("nothing_shown", Role.REVIEWER, "/inbox"),
        ("delivery", Role.STORE_STAFF, "/me/notifications"),
        ("delivery", Role.ADMINISTRATOR, "/deliveries?state=failed"),
    ],
)
def test_where_the_thing_is_shown(noun, role, path):
    assert path_to(noun, "n-1", role) == path


@pytest.mark.parametrize(
    ("noun", "role", "path"),
    [
        ("notice", Role.STORE_STAFF, "/app/#/notices/n-1/notice"),
        ("appeal", Role.STORE_STAFF, "/app/#/appeals/n-1/appeal"),
        ("line", Role.STORE_STAFF, "/app/#/inbox"),
        ("notice", Role.REGIONAL_MANAGER, "/notices/n-1"),
        ("visit", Role.INSPECTOR, "/app/"),
    ],
)
def test_a_tap_leads_store_staff_into_their_app(noun, role, path):
    assert tapped(noun, "n-1", role) == path


def test_a_message_about_a_line_leads_a_store_to_that_line():
    line = LinePlace("n-1", 3)
    assert path_to("line", "l-1", Role.STORE_STAFF, line) == "/notices/n-1/lines/3"
    assert tapped("line", "l-1", Role.STORE_STAFF, line) == "/app/#/notices/n-1/line/3"
    assert path_to("line", "l-1", Role.REGIONAL_MANAGER, line) == "/rectifications/l-1"


def test_times_are_facts_some_kind_has():
    every = {fact for rule in RULES.values() for fact in rule.facts}
    assert set(TIMES) | set(WORDS) <= every
