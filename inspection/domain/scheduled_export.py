"""Exports that make themselves: what of, how often, and what became of each time."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import count

import msgspec

from inspection.domain import moves
from inspection.domain.access import Action
from inspection.domain.deadline import SHANGHAI, day_of

LONGEST = 120
MOST = 20
"""Schedules one person has at a time."""

KEPT = timedelta(days=30)
"""How long a file can be fetched."""


class ExportOf(StrEnum):
    """What a file holds."""

    RANKING = "ranking"
    UNITS = "units"
    ITEMS = "items"
    NOTICES = "notices"
    LINES = "lines"
    SCORECARD = "scorecard"


class FileFormat(StrEnum):
    """What opens it."""

    XLSX = "xlsx"
    CSV = "csv"


ACTIONS: dict[ExportOf, Action] = {
    ExportOf.RANKING: Action.RANKING_READ,
    ExportOf.UNITS: Action.RANKING_READ,
    ExportOf.ITEMS: Action.RANKING_READ,
    ExportOf.NOTICES: Action.NOTICE_READ,
    ExportOf.LINES: Action.RECTIFICATION_READ,
    ExportOf.SCORECARD: Action.RANKING_READ,
}
"""What its owner must be allowed to do, when it is made and when it is fetched."""


class Beat(StrEnum):
    """How often."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


DAYS = {Beat.WEEKLY: 7, Beat.MONTHLY: 31}
"""The last day there is to choose: Sunday, and the 31st, which is the last of a shorter month."""

HOURS = 24


class Timing(msgspec.Struct, frozen=True):
    """When: on which day of the week (Monday is 1) or of the month, at which hour in China."""

    beat: Beat
    day: int
    hour: int

    @property
    def fits(self) -> bool:
        """Whether there is such a time."""
        return 1 <= self.day <= DAYS[self.beat] and 0 <= self.hour < HOURS


def next_due(timing: Timing, after: datetime) -> datetime:
    """The first time later than that."""
    first = day_of(after)
    days = (first + timedelta(days=ahead) for ahead in count())
    times = (_at(timing, day) for day in days if _falls(timing, day))
    return next(at for at in times if at > after).astimezone(UTC)


class RunState(StrEnum):
    """What became of one time."""

    ASKED = "asked"
    MADE = "made"
    EMPTY = "empty"
    FAILED = "failed"


class RunMove(StrEnum):
    """What ends the waiting for a file."""

    MAKE = "make"
    FIND_NOTHING = "find_nothing"
    FAIL = "fail"


MOVES = {
    (RunState.ASKED, RunMove.MAKE): RunState.MADE,
    (RunState.ASKED, RunMove.FIND_NOTHING): RunState.EMPTY,
    (RunState.ASKED, RunMove.FAIL): RunState.FAILED,
}


def move(state: RunState, wanted: RunMove) -> RunState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "export_run", state, wanted)


def _at(timing: Timing, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, timing.hour, tzinfo=SHANGHAI)


def _falls(timing: Timing, day: date) -> bool:
    if timing.beat is Beat.WEEKLY:
        return day.isoweekday() == timing.day
    return day.day == min(timing.day, monthrange(day.year, day.month)[1])
