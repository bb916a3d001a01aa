"""Schedules: a template and a rhythm that make the next round as a draft, some days ahead."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from inspection.domain.days import day_faults
from inspection.domain.deadline import RoundHours
from inspection.domain.refusals import Fault
from inspection.domain.rounds.round_plan import code_faults, rule_faults, wording_faults
from inspection.domain.rubrics.rubric import Text

LONGEST_CODE = 28
"""A round's code is the schedule's, a dash and its period."""

LONGEST_NAME = 100
MOST_WEEKS = 52
MOST_DAYS = 366
MOST_AHEAD = 180
MONTHS = {"monthly": 1, "quarterly": 3}


class Recurrence(StrEnum):
    """How often a round begins."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    WEEKS = "weeks"


class Rhythm(msgspec.Struct, frozen=True, kw_only=True):
    """When rounds begin: the first day of the first, how often, every how many weeks, how long
    each lasts, and how many days ahead its draft is made.
    """

    starts_on: date
    recurrence: Recurrence
    every: int = 1
    days: int = 28
    ahead: int = 14


class SchedulePlan(msgspec.Struct, frozen=True, kw_only=True):
    """A schedule as it is asked for. Names get the period added; `store_kinds` get the latest
    rubrics there are when the draft is made.
    """

    code: str
    name: Text
    theme: Text
    visit_kind: str
    region_path: str
    store_kinds: tuple[str, ...]
    min_visits: int
    pass_line: int | None
    pilot: bool
    disclose_day: bool
    rhythm: Rhythm
    hours_kind: RoundHours = ""


def schedule_faults(plan: SchedulePlan) -> tuple[Fault, ...]:
    """Everything that keeps the schedule from being kept."""
    return tuple(_faults(plan))


def starts(rhythm: Rhythm) -> Iterator[date]:
    """The first days of the rounds, one after the other, while the calendar lasts."""
    number = 0
    while (found := _start(rhythm, number)) is not None:
        yield found
        number += 1


def next_start(rhythm: Rhythm, made_on: date | None, today: date) -> date | None:
    """The first day of the next round to be made: after the last one made, and not over already:
    what was slept through is not made up for.
    """
    for start in starts(rhythm):
        over = start + timedelta(days=rhythm.days - 1) < today
        if not over and (made_on is None or start > made_on):
            return start
    return None


def is_due(rhythm: Rhythm, start: date, today: date) -> bool:
    """Whether the draft of a round that begins then is to be made by now."""
    return start - timedelta(days=rhythm.ahead) <= today


def last_day(rhythm: Rhythm, start: date) -> date:
    """The last day of a round that begins then."""
    return start + timedelta(days=rhythm.days - 1)


def period(rhythm: Rhythm, start: date) -> str:
    """What tells a round from the others of its schedule: 2026-12, 2026Q4, or its first day."""
    if rhythm.recurrence is Recurrence.MONTHLY:
        return f"{start:%Y-%m}"
    if rhythm.recurrence is Recurrence.QUARTERLY:
        return f"{start.year}Q{(start.month - 1) // 3 + 1}"
    return start.isoformat()


def _start(rhythm: Rhythm, number: int) -> date | None:
    try:
        if rhythm.recurrence is Recurrence.WEEKS:
            return rhythm.starts_on + timedelta(weeks=rhythm.every * number)
        return _months_later(rhythm.starts_on, MONTHS[rhythm.recurrence] * number)
    except (OverflowError, ValueError):
        return None


def _months_later(day: date, months: int) -> date:
    # From the first day each time: a round that begins on the 31st does so where there is one.
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _faults(plan: SchedulePlan) -> Iterator[Fault]:
    yield from code_faults(plan.code)
    if len(plan.code) > LONGEST_CODE:
        yield Fault("/code", "schedule.code_long", most=LONGEST_CODE)
    yield from wording_faults(plan.name, plan.theme)
    if max(len(plan.name.zh), len(plan.name.en)) > LONGEST_NAME:
        yield Fault("/zh", "schedule.name_long", most=LONGEST_NAME)
    yield from rule_faults(plan.visit_kind, plan.min_visits, plan.pass_line)
    if not plan.store_kinds:
        yield Fault("/store_kind", "schedule.kind_none")
    yield from _rhythm_faults(plan.rhythm)


def _rhythm_faults(rhythm: Rhythm) -> Iterator[Fault]:
    yield from day_faults("/starts_on", rhythm.starts_on)
    if not 1 <= rhythm.every <= MOST_WEEKS:
        yield Fault("/every", "schedule.every", most=MOST_WEEKS)
    if not 1 <= rhythm.days <= MOST_DAYS:
        yield Fault("/days", "schedule.days", most=MOST_DAYS)
    if not 0 <= rhythm.ahead <= MOST_AHEAD:
        yield Fault("/ahead", "schedule.ahead", most=MOST_AHEAD)
