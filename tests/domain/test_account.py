"""Names people sign in with, passwords, and how long sessions live."""

from datetime import UTC, datetime, timedelta

import pytest

from inspection.domain.account import checked_password, session_end, sign_in_name
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


def test_a_session_lives_a_month_after_use_and_three_at_most():
    assert session_end(NOON, NOON) == NOON + timedelta(days=30)
    assert session_end(NOON, NOON + timedelta(days=59)) == NOON + timedelta(days=89)
    assert session_end(NOON, NOON + timedelta(days=61)) == NOON + timedelta(days=90)
