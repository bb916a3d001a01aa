"""Times in which the clock of a line stands still, and the deadline that follows."""

from collections.abc import Iterable
from datetime import datetime

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
    for pause in sorted(pauses, key=lambda each: each.since):
        if pause.since < due:
            due += max((pause.until or now), pause.since) - pause.since
    return due
