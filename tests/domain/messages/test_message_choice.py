"""Ways people chose, and hours in which nobody is disturbed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.messages.message import Channel, MessageKind
from inspection.domain.messages.message_choice import Choice, Way, ways
from inspection.domain.messages.quiet_hours import NEVER, QuietHours, next_time, not_before

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
DIGEST = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


def test_what_is_said_by_day_goes_at_once_and_at_night_waits_for_the_morning():
    told = ways(MessageKind.NOTICE_ISSUED, Choice(), NOON)
    assert told == (Way(Channel.PUSH, NOON), Way(Channel.MAIL, NOON))
    told = ways(MessageKind.NOTICE_ISSUED, Choice(), NIGHT)
    assert told == (Way(Channel.PUSH, MORNING), Way(Channel.MAIL, MORNING))


def test_urgent_kinds_and_people_without_quiet_hours_wait_for_nothing():
    chosen = {MessageKind.MAIL_CONFIRM.value: (Channel.MAIL,)}
    told = ways(MessageKind.MAIL_CONFIRM, Choice(ways=chosen, digest=True), NIGHT)
    assert told == (Way(Channel.MAIL, NIGHT),)
    told = ways(MessageKind.NOTICE_ISSUED, Choice(quiet=False), NIGHT)
    assert {way.due_at for way in told} == {NIGHT}


def test_a_choice_is_kept_to_and_no_choice_means_the_usual():
    choice = Choice(ways={"notice.issued": ()})
    assert ways(MessageKind.NOTICE_ISSUED, choice, NOON) == ()
    assert ways(MessageKind.REPLY_VERIFIED, choice, NOON) == (Way(Channel.PUSH, NOON),)


def test_the_days_letter_holds_mail_alone():
    told = ways(MessageKind.NOTICE_ISSUED, Choice(digest=True), NOON)
    assert told == (Way(Channel.PUSH, NOON), Way(Channel.MAIL, DIGEST, digest=True))


minutes = st.integers(0, 24 * 60 - 1)
moments = st.integers(0, 10 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(moments, minutes, minutes)
def test_what_waits_waits_less_than_a_day_and_ends_outside(at, start, end):
    quiet = QuietHours(start, end)
    free = not_before(at, quiet)
    assert at <= free < at + timedelta(days=1, minutes=1)
    assert not quiet.holds(free)
    assert (free == at) is not quiet.holds(at)


@pytest.mark.parametrize(("minute", "hours"), [(13 * 60, 1), (12 * 60, 24), (11 * 60, 23)])
def test_the_next_time_is_today_or_tomorrow(minute, hours):
    assert next_time(NOON, minute) == NOON + timedelta(hours=hours)


@given(moments, minutes)
def test_never_is_never_and_the_next_time_is_later(at, minute):
    assert not NEVER.holds(at)
    assert at < next_time(at, minute) <= at + timedelta(days=1)


@pytest.mark.parametrize(("start", "end"), [(540, 1020), (1260, 480)])
def test_quiet_hours_begin_with_their_first_minute_and_end_before_their_last(start, end):
    quiet, day = QuietHours(start, end), datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    assert quiet.holds(day + timedelta(minutes=start))
    assert not quiet.holds(day + timedelta(minutes=start - 1))
    assert quiet.holds(day + timedelta(minutes=end - 1))
    assert not quiet.holds(day + timedelta(minutes=end))
