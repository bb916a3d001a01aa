"""When a line is due, and how dates are said on paper. UTC inside, Asia/Shanghai when worded."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Literal

# China keeps one offset all year since 1991, so no time zone table (and no file access) is needed.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_DAYS_FROM = 72

HoursKind = Literal["calendar", "working"]
"""Whether the hours of a line run around the clock or in working time only."""

RoundHours = Literal["", "calendar", "working"]
"""The same for all lines of a round; empty as the house does it."""


def due_at(issued_at: datetime, hours: int) -> datetime:
    """When a line must be settled. Hours run from the issue of the notice."""
    return issued_at + timedelta(hours=hours)


def day_of(at: datetime) -> date:
    """Which day it is in China then."""
    return at.astimezone(SHANGHAI).date()


def monday_of(day: date) -> date:
    """The day the week of a day begins with."""
    return day - timedelta(days=day.weekday())


def on_day(at: datetime | date, words: Mapping[str, str]) -> str:
    """2026年11月21日 / 21 November 2026."""
    return _worded("paper.day", _local(at), words)


def at_hour(at: datetime, words: Mapping[str, str], *, beside: datetime | None = None) -> str:
    """11月21日 18:00, with the year when it is not the year of `beside`."""
    local = at.astimezone(SHANGHAI)
    same_year = beside is not None and local.year == beside.astimezone(SHANGHAI).year
    key = "paper.month_day_hour" if same_year else "paper.day_hour"
    return _worded(key, local, words)


def allowed(hours: int, words: Mapping[str, str], kind: HoursKind = "calendar") -> str:
    """48 小时, or 7 天 once whole days read better; 48 个工作小时 in working time."""
    if kind == "working":
        return words["paper.working_hours"].format(n=hours)
    if hours >= _DAYS_FROM and hours % 24 == 0:
        return words["paper.days"].format(n=hours // 24)
    return words["paper.hours"].format(n=hours)


def in_week(year: int, week: int, words: Mapping[str, str]) -> str:
    """2026年第47周: as near to the visit as a covert round may say."""
    return words["paper.week"].format(year=year, week=week)


def _local(at: datetime | date) -> datetime | date:
    return at.astimezone(SHANGHAI) if isinstance(at, datetime) else at


def _worded(key: str, at: datetime | date, words: Mapping[str, str]) -> str:
    months = words["paper.months"].split(",")
    hour, minute = (at.hour, at.minute) if isinstance(at, datetime) else (0, 0)
    return words[key].format(
        year=at.year,
        month=at.month,
        month_name=months[at.month - 1],
        day=at.day,
        hour=hour,
        minute=minute,
    )
