"""By when a store has to act on a notice: what of it is still owed, pauses taken into account."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from inspection.domain.notices.notice_state import OPEN_STATES, NoticeState
from inspection.domain.rectifications.escalation import level
from inspection.domain.rectifications.pause import Pause, paused_due
from inspection.persistence.rectifications import overdue_lines
from inspection.persistence.rectifications.line_pauses import pauses_of
from inspection.persistence.rectifications.notice_tallies import RUNS
from inspection.persistence.rectifications.overdue_lines import DueLine


class NoticeClock(msgspec.Struct, frozen=True, kw_only=True):
    """`due_at` is the nearest deadline of what runs, none where nothing does: all of it is `paused`
    or nothing is owed. `late` are the numbers of the lines past theirs, `still` of those that stand
    still, `level` is how high the highest of the late ones has come, 0 to 3.
    """

    due_at: datetime | None = None
    paused: bool = False
    level: int = 0
    late: frozenset[int] = frozenset()
    still: frozenset[int] = frozenset()

    @property
    def overdue(self) -> bool:
        """A line is past its deadline and the store has to act on it."""
        return bool(self.late)


NO_CLOCK = NoticeClock()


class Clocked(Protocol):
    """What of a notice is kept beside it of its lines."""

    @property
    def id(self) -> str:
        """Which notice."""
        ...

    @property
    def state(self) -> NoticeState:
        """Whether its store is to act at all."""
        ...

    @property
    def clock(self) -> str:
        """Whether something is owed, and whether a clock of that ever stood."""
        ...

    @property
    def first_due_at(self) -> datetime | None:
        """The nearest deadline of what is owed, where no clock of that ever stood."""
        ...


async def notice_clocks(rows: Iterable[Clocked], now: datetime) -> dict[str, NoticeClock]:
    """The clocks of the notices of which something is owed, by id."""
    owed = {row.id: row for row in rows if row.state in OPEN_STATES and row.clock}
    lines = await overdue_lines.telling_lines(owed, now)
    pauses = await pauses_of(line.id for line in lines if line.stood)
    by_notice: dict[str, list[DueLine]] = {id: [] for id in owed}
    for line in lines:
        by_notice[line.notice].append(line)
    return {
        id: _clock(row, [(line, pauses.get(line.id, ())) for line in by_notice[id]], now)
        for id, row in owed.items()
    }


async def notice_clock(row: Clocked, now: datetime) -> NoticeClock:
    """The clock of one notice."""
    return (await notice_clocks((row,), now)).get(row.id, NO_CLOCK)


def _clock(
    row: Clocked, lines: Sequence[tuple[DueLine, Sequence[Pause]]], now: datetime
) -> NoticeClock:
    running = [
        (line, paused_due(line.due_at, pauses, now))
        for line, pauses in lines
        # A pause that lasts on a line this one carries on stops it too.
        if all(pause.until for pause in pauses)
    ]
    due = row.first_due_at if row.clock == RUNS else min((at for _, at in running), default=None)
    late = [(line, at) for line, at in running if at < now]
    return NoticeClock(
        due_at=due,
        paused=due is None and bool(lines),
        level=max((level(line.severity, at, now) for line, at in late), default=0),
        late=frozenset(line.number for line, _ in late),
        still=frozenset(
            line.number for line, pauses in lines if not all(pause.until for pause in pauses)
        ),
    )
