"""Who is told of a deadline when: the store before and at it, those above it after. Overdue is
reckoned from the deadline and the clock; nothing stores it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec


class Step(StrEnum):
    """How far it has come with a line, in order."""

    NEAR = "near"
    REACHED = "reached"
    MANAGER = "manager"
    PROVINCE = "province"


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """When a line of a severity comes to each step: `before` its deadline at most, and so long
    after it; None means that nobody above the store hears of it.
    """

    before: timedelta
    manager: timedelta | None
    province: timedelta | None


HOUR = timedelta(hours=1)

USUAL = Schedule(before=24 * HOUR, manager=4 * HOUR, province=24 * HOUR)
SCHEDULES = {
    "veto": Schedule(before=4 * HOUR, manager=2 * HOUR, province=12 * HOUR),
    "hint": Schedule(before=24 * HOUR, manager=None, province=None),
}
"""The severities that are not as usual."""

LOOK_AHEAD = 24 * HOUR
"""The longest before a deadline that anybody is told of it."""

QUARTER = 4


def schedule_of(severity: str) -> Schedule:
    """When lines of a severity come to each step."""
    return SCHEDULES.get(severity, USUAL)


def reached(severity: str, hours: int, due_at: datetime, now: datetime) -> tuple[Step, ...]:
    """The steps a line has come to by now. The first comes a quarter of its time before the end,
    but not earlier than its severity says.
    """
    schedule = schedule_of(severity)
    before = min(schedule.before, hours * HOUR / QUARTER)
    times = {
        Step.NEAR: due_at - before,
        Step.REACHED: due_at,
        Step.MANAGER: _after(due_at, schedule.manager),
        Step.PROVINCE: _after(due_at, schedule.province),
    }
    return tuple(step for step, at in times.items() if at is not None and at <= now)


def to_tell(reached: Collection[Step], told: Collection[Step]) -> tuple[Step, ...]:
    """What is still to be told: after an outage the highest step for those above the store, and
    for the store that the deadline has come rather than that it is near.
    """
    new = [step for step in Step if step in reached and step not in told]
    if Step.REACHED in reached:
        new = [step for step in new if step is not Step.NEAR]
    if Step.PROVINCE in new:
        new = [step for step in new if step is not Step.MANAGER]
    return tuple(new)


def level(severity: str, due_at: datetime, now: datetime) -> int:
    """How high an overdue line has come, 0 to 3: at its store, its manager, the province."""
    if due_at > now:
        return 0
    schedule, late = schedule_of(severity), now - due_at
    if schedule.province is not None and late >= schedule.province:
        return 3
    return 2 if schedule.manager is not None and late >= schedule.manager else 1


def latest_due(wanted: int, now: datetime) -> dict[str, datetime | None]:
    """By severity the latest deadline whose line has come to level 2 or 3 by now, "" for those that
    are as usual; None where a line never comes so far.
    """
    schedules = {"": USUAL, **SCHEDULES}
    waits = {
        severity: schedule.manager if wanted == 2 else schedule.province
        for severity, schedule in schedules.items()
    }
    return {severity: None if wait is None else now - wait for severity, wait in waits.items()}


def hours_late(due_at: datetime, now: datetime) -> int:
    """Whole hours past the deadline, none before it."""
    return max(0, int((now - due_at) / HOUR))


def _after(due_at: datetime, wait: timedelta | None) -> datetime | None:
    return None if wait is None else due_at + wait
