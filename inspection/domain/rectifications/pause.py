"""Times in which the clock of a line stands still, and the deadline that follows."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec


class Pause(msgspec.Struct, frozen=True):
    """The clock stood from `since` until `until`, or stands still while that is None."""

    since: datetime
    until: datetime | None = None


def paused_due(due_at: datetime, pauses: Iterable[Pause], now: datetime) -> datetime:
    """The deadline with every pause added back that began before it. A pause that lasts moves it
    along with the clock; one that began too late leaves what is overdue overdue.
    """
    due = due_at
    for since, stood in _stops(pauses, now):
        if since < due:
            due += stood
    return due


def unpaused_due(due_at: datetime, pauses: Iterable[Pause], now: datetime) -> datetime:
    """The deadline to set for `paused_due` to be `due_at`; what a pause that began too late for the
    old deadline would overtake comes out later, never earlier.
    """
    due = due_at
    for since, stood in reversed(_stops(pauses, now)):
        if since < due - stood:
            due -= stood
    return due


def _stops(pauses: Iterable[Pause], now: datetime) -> list[tuple[datetime, timedelta]]:
    """Since when the clock stood and for how long, in turn; it stands still once at a time."""
    found: list[tuple[datetime, timedelta]] = []
    stood_until: datetime | None = None
    for pause in sorted(pauses, key=lambda each: each.since):
        since = max(pause.since, stood_until) if stood_until else pause.since
        until = max(pause.until or now, since)
        found.append((since, until - since))
        stood_until = until
    return found
