"""Deadlines in working time skip nights, weekends and holidays, and work swapped weekends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection import holidays
from inspection.domain.deadline import SHANGHAI
from inspection.domain.working_time import (
    WorkCalendar,
    add_working_days,
    add_working_hours,
    is_working_day,
    unpublished_years,
)

CALENDAR = holidays.published()
ROUND_THE_CLOCK = holidays.published(0, 24)
moments = st.integers(1_735_660_800, 1_811_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def said(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(" ", "minutes")[:16]


def worked_between(start: datetime, end: datetime) -> timedelta:
    """Day by day, from every opening to every close."""
    days = (end.astimezone(SHANGHAI).date() - start.astimezone(SHANGHAI).date()).days
    midnight = start.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    worked = timedelta()
    for day in (midnight + timedelta(days=k) for k in range(days + 1)):
        if is_working_day(day.date(), CALENDAR):
            opens, closes = (day + timedelta(hours=h) for h in (CALENDAR.opens, CALENDAR.closes))
            worked += max(min(end, closes) - max(start, opens), timedelta())
    return worked


SPRING = [
    # Spring Festival 2026: 15 to 23 February off; Saturdays 14 and 28 February are worked.
    ("2026-02-13 10:00", 12, "2026-02-14 13:00"),
    ("2026-02-13 10:00", 24, "2026-02-24 16:00"),
    ("2026-02-13 10:00", 48, "2026-02-27 13:00"),
    ("2026-02-14 17:00", 12, "2026-02-25 11:00"),
    ("2026-02-17 08:00", 12, "2026-02-25 12:00"),
    ("2026-02-27 16:00", 12, "2026-03-02 10:00"),
]
NATIONAL = [
    # National Day 2026: 1 to 7 October off; Sunday 20 September and Saturday 10 October are worked.
    ("2026-09-30 17:00", 12, "2026-10-09 11:00"),
    ("2026-09-30 17:00", 24, "2026-10-10 14:00"),
    ("2026-09-30 17:00", 48, "2026-10-14 11:00"),
    ("2026-09-19 12:00", 12, "2026-09-21 12:00"),
]


@pytest.mark.parametrize(("issued", "hours", "due"), SPRING + NATIONAL)
def test_hours_over_the_holidays(issued, hours, due):
    at = local(issued).astimezone(UTC)
    found = add_working_hours(at, hours, CALENDAR)
    assert said(found) == due
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        ("2026-02-13 23:59", 3, "2026-02-25 18:00"),
        ("2026-09-30 09:00", 1, "2026-10-08 18:00"),
        ("2026-09-30 09:00", 3, "2026-10-10 18:00"),
        ("2026-11-20 10:00", 3, "2026-11-25 18:00"),
    ],
)
def test_working_days_end_at_the_close_of_business(asked, days, due):
    assert said(add_working_days(local(asked), days, CALENDAR)) == due


def test_no_days_end_today():
    assert said(add_working_days(local("2026-11-20 10:00"), 0, CALENDAR)) == "2026-11-20 18:00"


def test_the_day_that_never_closes_ends_at_midnight():
    assert said(add_working_hours(local("2026-11-20 10:00"), 14, ROUND_THE_CLOCK)) == (
        "2026-11-21 00:00"
    )


@given(moments, st.integers(0, 200))
def test_hours_added_are_hours_worked(at, hours):
    due = add_working_hours(at, hours, CALENDAR)
    assert due >= at
    assert worked_between(at, due) == timedelta(hours=hours)


@given(moments, st.integers(0, 100), st.integers(1, 100))
def test_hours_add_up(at, some, more):
    once = add_working_hours(at, some + more, CALENDAR)
    assert add_working_hours(add_working_hours(at, some, CALENDAR), more, CALENDAR) == once


@given(moments, moments, st.integers(1, 60))
def test_later_is_never_due_earlier(one, other, n):
    first, second = sorted((one, other))
    assert add_working_hours(first, n, CALENDAR) <= add_working_hours(second, n, CALENDAR)
    assert add_working_days(first, n, CALENDAR) <= add_working_days(second, n, CALENDAR)


@given(moments, st.integers(1, 60))
def test_days_are_worked_and_counted(at, n):
    due = add_working_days(at, n, CALENDAR)
    first, last = at.astimezone(SHANGHAI).date(), due.astimezone(SHANGHAI).date()
    between = [first + timedelta(days=k) for k in range(1, (last - first).days + 1)]
    assert sum(is_working_day(day, CALENDAR) for day in between) == n
    assert is_working_day(last, CALENDAR)


def test_the_published_years_are_known():
    assert {2025, 2026} <= CALENDAR.years
    assert CALENDAR.version.startswith("chinesecalendar ")
    assert not is_working_day(date(2026, 10, 1), CALENDAR)
    assert is_working_day(date(2026, 10, 10), CALENDAR)


def test_a_year_without_publication_works_monday_to_friday_and_says_so():
    year = max(CALENDAR.years) + 1
    new_year = date(year, 1, 1)
    assert is_working_day(new_year, CALENDAR) is (new_year.weekday() < 5)
    end = datetime(year, 1, 5, tzinfo=UTC)
    assert unpublished_years(end - timedelta(days=30), end, CALENDAR) == (year,)
    assert unpublished_years(end, end - timedelta(days=30), CALENDAR) == ()
    assert unpublished_years(end - timedelta(days=90), end - timedelta(days=60), CALENDAR) == ()


@pytest.mark.parametrize(("opens", "closes"), [(9, 9), (18, 9), (-1, 9), (9, 25)])
def test_a_day_nobody_works_in_is_refused(opens, closes):
    with pytest.raises(ValueError, match="no working day"):
        WorkCalendar(
            version="",
            years=frozenset(),
            holidays=frozenset(),
            working_weekends=frozenset(),
            opens=opens,
            closes=closes,
        )


def test_a_week_has_five_days_of_nine_hours():
    monday = local("2026-11-16 00:00")
    assert add_working_hours(monday, 45, CALENDAR) == local("2026-11-20 18:00")
