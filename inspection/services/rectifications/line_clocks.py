"""How long a line has: its deadline, whether an appeal stops its clock, how time is added."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from inspection.domain.rectifications import rectification
from inspection.domain.rectifications.pause import Pause, paused_due
from inspection.domain.rectifications.rectification import LineState
from inspection.domain.working_time import add_working_hours, unpublished_years
from inspection.persistence.rectifications import line_pauses
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.tools import Tools

WORKING = "working"
"""Hours of a line that run in working time; otherwise around the clock."""


class Timed(Protocol):
    """What of a line its clock depends on."""

    @property
    def id(self) -> str:
        """Whose pauses count."""
        ...

    @property
    def state(self) -> LineState:
        """Whether the store is to act."""
        ...

    @property
    def due_at(self) -> datetime | None:
        """The deadline as it was set."""
        ...


class LineClock(msgspec.Struct, frozen=True, kw_only=True):
    """When a line is due, as pauses moved it; `disputed` while an appeal stops its clock."""

    due_at: datetime
    disputed: bool
    overdue: bool


async def clock_of(tools: Tools, row: LineRow) -> LineClock:
    """The clock of one line."""
    return (await clocks_of(tools, (row,)))[row.id]


async def clocks_of(tools: Tools, rows: Iterable[Timed]) -> dict[str, LineClock]:
    """The clocks of lines by their ids."""
    wanted = tuple(rows)
    pauses = await line_pauses.pauses_of(row.id for row in wanted)
    now = tools.now()
    return {row.id: _clock(row, pauses.get(row.id, ()), now) for row in wanted}


def later(tools: Tools, row: LineRow, at: datetime, hours: int) -> datetime:
    """So many of the line's hours after a moment."""
    if row.hours_kind == WORKING:
        return add_working_hours(at, hours, tools.calendar)
    return at + timedelta(hours=hours)


def unpublished(tools: Tools, row: LineRow, due_at: datetime) -> tuple[int, ...]:
    """The years of a line's working time whose holidays are not published: it was counted from
    Monday to Friday there.
    """
    if row.hours_kind != WORKING:
        return ()
    return unpublished_years(row.issued_at or due_at, due_at, tools.calendar)


def _clock(row: Timed, pauses: tuple[Pause, ...], now: datetime) -> LineClock:
    due = paused_due(row.due_at or now, pauses, now)
    disputed = any(pause.until is None for pause in pauses)
    late = rectification.overdue(row.state, due, now, paused=disputed)
    return LineClock(due_at=due, disputed=disputed, overdue=late)
