"""States, pseudonyms, units and invitations of people."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inspection.domain.access import Role
from inspection.domain.people.device import device_words
from inspection.domain.people.person import (
    PersonState,
    Unit,
    checked_pseudonym,
    checked_units,
    invitation_life,
    next_pseudonym,
    state_of,
)
from inspection.domain.refusals import BodyRefused, PseudonymRefused

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_whoever_has_no_password_yet_is_invited_and_whoever_is_shut_out_disabled():
    assert state_of(has_password=False, disabled_at=None) is PersonState.INVITED
    assert state_of(has_password=True, disabled_at=None) is PersonState.ACTIVE
    assert state_of(has_password=True, disabled_at=NOW) is PersonState.DISABLED


def test_people_with_phones_have_ten_minutes_and_others_a_day():
    lives = {role: invitation_life(role) for role in Role}
    assert lives.pop(Role.INSPECTOR) == lives.pop(Role.STORE_STAFF) == timedelta(minutes=10)
    assert set(lives.values()) == {timedelta(hours=24)}


def test_the_next_pseudonym_follows_the_highest_there_ever_was():
    assert next_pseudonym(["A-017", "B-900", "A-9", "x"]) == "A-018"
    assert next_pseudonym([]) == "A-001"


@pytest.mark.parametrize(
    ("typed", "kept"), [(" ａ-018 ", "A-018"), ("甘-7", "甘-7"), ("", ""), ("b", "B")]
)
def test_a_pseudonym_is_kept_in_one_form(typed, kept):
    assert checked_pseudonym(typed) == kept


@pytest.mark.parametrize("typed", ["A 18", "-A", "A--1", "x" * 21, "A_1", "<b>"])
def test_what_is_no_pseudonym_is_refused(typed):
    with pytest.raises(PseudonymRefused):
        checked_pseudonym(typed)


def test_units_stand_in_order_and_once():
    later, open_ = Unit("620500", date(2025, 1, 1)), Unit("620100", None, date(2024, 12, 31))
    assert checked_units((later, open_, later)) == (open_, later)


def test_a_unit_that_ends_before_it_begins_is_named():
    good, bad = Unit("620100"), Unit("620500", date(2025, 1, 2), date(2025, 1, 1))
    with pytest.raises(BodyRefused) as refused:
        checked_units((good, bad))
    assert [fault.pointer for fault in refused.value.faults] == ["/to_on/1"]


def test_a_unit_until_the_end_of_the_calendar_is_named():
    far = Unit("620500", date.min, date.max)
    with pytest.raises(BodyRefused) as refused:
        checked_units((far,))
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/from_on/0", "body.day_far"),
        ("/to_on/0", "body.day_far"),
    ]


@pytest.mark.parametrize(
    ("agent", "browser", "system", "handheld"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
         "Safari", "iPhone", True),
        ("Mozilla/5.0 (Linux; Android 14; V2309A) Chrome/126.0 Mobile Safari/537.36",
         "Chrome", "Android", True),
        ("Mozilla/5.0 (Linux; Android 12; HarmonyOS) Chrome/114 HuaweiBrowser/15 Mobile Safari",
         "Huawei Browser", "HarmonyOS", True),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0",
         "Edge", "Windows", False),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Gecko Firefox/128.0",
         "Firefox", "Mac", False),
        ("curl/8", "", "", False),
    ],
)  # fmt: skip
def test_a_device_is_named_by_its_browser_and_system(agent, browser, system, handheld):
    words = device_words(agent)
    assert (words.browser, words.system, words.handheld) == (browser, system, handheld)
