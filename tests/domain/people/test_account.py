"""Names people sign in with, passwords, and how long sessions live."""

from datetime import UTC, datetime, timedelta

import pytest

from inspection.domain.access import Role
from inspection.domain.people.account import (
    SessionLives,
    checked_password,
    is_proved,
    session_end,
    sign_in_name,
)
from inspection.domain.refusals import PasswordRefused

NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["Li-0931", " li-0931 ", "ＬＩ－０９３１"])
def test_a_name_is_the_same_however_it_is_typed(typed):
    assert sign_in_name(typed) == "li-0931"


@pytest.mark.parametrize(
    "password", ["kT9#vq2L", "十二个字的口令也算数哦", " with spaces ", "one two " * 16]
)
def test_a_password_is_kept_as_typed(password):
    assert checked_password(password, "li") == password


@pytest.mark.parametrize("password", ["", "1234567", "x" * 129])
def test_a_password_too_short_or_too_long_is_refused(password):
    with pytest.raises(PasswordRefused):
        checked_password(password, "li")


def test_a_phone_stays_signed_in_a_month_after_use_and_three_at_most():
    for role in (Role.INSPECTOR, Role.STORE_STAFF):
        life = SessionLives().of(role)
        assert session_end(life, NOON, NOON) == NOON + timedelta(days=30)
        assert session_end(life, NOON, NOON + timedelta(days=59)) == NOON + timedelta(days=89)
        assert session_end(life, NOON, NOON + timedelta(days=61)) == NOON + timedelta(days=90)


def test_a_desk_stays_signed_in_half_a_day_after_use_and_a_week_at_most():
    for role in (Role.REGIONAL_MANAGER, Role.REVIEWER, Role.ADMINISTRATOR):
        life = SessionLives().of(role)
        assert session_end(life, NOON, NOON) == NOON + timedelta(hours=12)
        assert session_end(life, NOON, NOON + timedelta(days=6.8)) == NOON + timedelta(days=7)


def test_a_proof_holds_for_five_minutes():
    assert is_proved(None, NOON)
    assert is_proved(NOON, NOON + timedelta(minutes=4, seconds=59))
    assert not is_proved(NOON, NOON + timedelta(minutes=5))
