"""Hours in which nobody is disturbed: what is not urgent waits for the morning."""

from datetime import datetime, timedelta

import msgspec

from inspection.domain.deadline import SHANGHAI

DAY_MINUTES = 24 * 60


class QuietHours(msgspec.Struct, frozen=True):
    """From one minute of the day in China to another, over midnight when the first is later. The
    same minute twice means never.
    """

    start: int = 21 * 60
    end: int = 8 * 60

    def holds(self, at: datetime) -> bool:
        """Whether that moment is a quiet one."""
        minute = _minute(at)
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


NEVER = QuietHours(0, 0)


def not_before(at: datetime, quiet: QuietHours) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    return next_time(at, quiet.end) if quiet.holds(at) else at


def next_time(at: datetime, minute: int) -> datetime:
    """The next moment it is that minute of the day in China, strictly later."""
    local = at.astimezone(SHANGHAI)
    there = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
    if there <= local:
        there += timedelta(days=1)
    return there.astimezone(at.tzinfo)


def _minute(at: datetime) -> int:
    local = at.astimezone(SHANGHAI)
    return local.hour * 60 + local.minute
