"""Deadlines run in hours from the issue and are said in local time."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.deadline import SHANGHAI, allowed, at_hour, due_at, in_week, on_day
from inspection.wording import Language, catalogue

ZH, EN = catalogue(Language.ZH), catalogue(Language.EN)
ISSUED = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)

times = st.integers(946_684_800, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def test_hours_run_from_the_issue():
    assert due_at(ISSUED, 48) == datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


@given(times, st.integers(0, 1000), st.integers(0, 1000))
def test_more_hours_are_never_due_earlier(issued, some, more):
    assert due_at(issued, some) <= due_at(issued, some + more)


def test_days_and_hours_are_local():
    late = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)
    assert on_day(late, ZH) == "2026年11月20日"
    assert on_day(late, EN) == "20 November 2026"
    assert at_hour(late, ZH, beside=ISSUED) == "11月20日 00:30"
    assert at_hour(late, EN, beside=ISSUED) == "20 November 00:30"


def test_another_year_is_named():
    assert at_hour(datetime(2027, 1, 4, 1, tzinfo=UTC), ZH, beside=ISSUED) == "2027年1月4日 09:00"
    assert at_hour(ISSUED, EN) == "19 November 2026 09:00"


def test_a_bare_date_is_said_as_it_stands():
    assert on_day(date(2026, 3, 1), ZH) == "2026年3月1日"


@pytest.mark.parametrize(
    ("hours", "zh", "en"),
    [
        (12, "12 小时", "12 hours"),
        (24, "24 小时", "24 hours"),
        (48, "48 小时", "48 hours"),
        (72, "3 天", "3 days"),
        (100, "100 小时", "100 hours"),
        (168, "7 天", "7 days"),
        (360, "15 天", "15 days"),
    ],
)
def test_a_time_limit_is_said_in_hours_until_whole_days_read_better(hours, zh, en):
    assert (allowed(hours, ZH), allowed(hours, EN)) == (zh, en)


def test_a_week_is_said_with_its_year():
    assert in_week(2026, 47, ZH) == "2026年第47周"
    assert in_week(2026, 47, EN) == "week 47 of 2026"


@given(times)
def test_china_keeps_one_offset(at):
    assert at.astimezone(SHANGHAI).utcoffset().total_seconds() == 8 * 3600
