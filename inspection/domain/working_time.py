"""Working days and hours by a published calendar: deadlines that skip holidays and weekends."""

from datetime import date, datetime, timedelta

import msgspec

from inspection.domain.deadline import SHANGHAI

_DAY = timedelta(days=1)
_SATURDAY = 5


class WorkCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """Which days are worked, and between which hours. `years` are those whose holidays are
    published; in any other year Monday to Friday are worked. `version` names the publication.
    """

    version: str
    years: frozenset[int]
    holidays: frozenset[date]
    working_weekends: frozenset[date]
    opens: int = 9
    closes: int = 18

    def __post_init__(self) -> None:
        """A day nobody works in has no deadline."""
        if not 0 <= self.opens < self.closes <= 24:
            msg = f"no working day from {self.opens} to {self.closes} o'clock"
            raise ValueError(msg)


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Whether people work then: swapped weekends are worked, holidays are not."""
    if day in calendar.holidays:
        return False
    return day.weekday() < _SATURDAY or day in calendar.working_weekends


def add_working_days(at: datetime, n: int, calendar: WorkCalendar) -> datetime:
    """The close of business of the n-th working day after the day of `at`, which does not count."""
    day = at.astimezone(SHANGHAI).date()
    for _ in range(n):
        day = _next_working_day(day + _DAY, calendar)
    return _hour(day, calendar.closes).astimezone(at.tzinfo)


def add_working_hours(at: datetime, n: int, calendar: WorkCalendar) -> datetime:
    """When `n` hours of work are over, counted from `at`, or from the next opening after it."""
    left = timedelta(hours=n)
    start = _at_work(at, calendar)
    while (room := _hour(start.date(), calendar.closes) - start) < left:
        left -= room
        start = _opening(start.date() + _DAY, calendar)
    return (start + left).astimezone(at.tzinfo)


def unpublished_years(start: datetime, end: datetime, calendar: WorkCalendar) -> tuple[int, ...]:
    """The years between the two whose holidays are not published yet: such a deadline is counted
    from Monday to Friday, and whoever shows it says so.
    """
    first, last = (at.astimezone(SHANGHAI).year for at in (start, end))
    return tuple(year for year in range(first, last + 1) if year not in calendar.years)


def _at_work(at: datetime, calendar: WorkCalendar) -> datetime:
    local = at.astimezone(SHANGHAI)
    day = local.date()
    if not is_working_day(day, calendar) or local >= _hour(day, calendar.closes):
        return _opening(day + _DAY, calendar)
    return max(local, _hour(day, calendar.opens))


def _opening(day: date, calendar: WorkCalendar) -> datetime:
    return _hour(_next_working_day(day, calendar), calendar.opens)


def _next_working_day(day: date, calendar: WorkCalendar) -> date:
    while not is_working_day(day, calendar):
        day += _DAY
    return day


def _hour(day: date, hour: int) -> datetime:
    """Twenty-four o'clock is the midnight that ends the day."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(hours=hour)
