"""How long a line has: its deadline, whether an appeal stops its clock, how time is added."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from inspection.domain.rectifications import rectification
from inspection.domain.rectifications.pause import Pause, paused_due, unpaused_due
from inspection.domain.rectifications.rectification import LineState
from inspection.domain.working_time import add_working_hours, unpublished_years
from inspection.persistence.rectifications import (
    line_pauses,
    notice_tallies,
    rectification_lines,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.rectifications.rectification_access import is_live
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


async def clocks_owed(tools: Tools, notice: str) -> dict[int, LineClock]:
    """The clocks of what a notice's store may still have to do, by the numbers of the lines."""
    lines = await rectification_lines.lines_on_the_way(notice)
    owed = [row for row in lines if is_live(row) and row.state not in rectification.SETTLED]
    clocks = await clocks_of(tools, owed)
    return {row.number: clocks[row.id] for row in owed}


async def give_until(tools: Tools, row: LineRow, due_at: datetime) -> datetime:
    """Let a line its caller holds have until then, however long its clock stood before; the
    deadline every page names from now on.
    """
    pauses, now = (await line_pauses.pauses_of((row.id,))).get(row.id, ()), tools.now()
    set_at = unpaused_due(due_at, pauses, now)
    await rectification_lines.note_due(row.id, set_at)
    await notice_tallies.tally_lines(row.notice)
    return paused_due(set_at, pauses, now)


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
