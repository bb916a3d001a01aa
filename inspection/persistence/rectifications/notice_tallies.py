"""What a notice's lines come to, kept beside the notice: lists and rankings look at ten thousand of
them at once, and at what stores mended since the first.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.rectifications.pause import paused_due
from inspection.persistence.locking import for_update_clause
from inspection.persistence.rectifications.line_pauses import STOOD, pauses_of
from inspection.persistence.statements import marks, run

RUNS = "runs"
"""The store owes something, and no clock of what it owes ever stood: late after `first_due_at`."""

STOOD_STILL = "stood"
"""The store owes something, and a clock of that stands still or may have: its lines tell, and none
of them is late before `first_due_at`."""


class _Owed(msgspec.Struct, frozen=True):
    id: str
    due_at: datetime


async def tally_lines(notice: str) -> None:
    """Say it again after a line, its deadline or its clock changed: which of the three it is, empty
    where nothing is owed; the nearest deadline of what is owed and runs, and the last one where
    nothing is; how many lines are verified, and how many of those were mended at the first reply.
    """
    # Who waits for the row looks at its lines after that: one statement would have looked before.
    if lock := for_update_clause():
        await run(f"SELECT id FROM notice WHERE id = ?{lock}", notice)
    said = await run(
        f"UPDATE notice SET clock = CASE WHEN NOT {_OWES.format('')} THEN ''"
        f" WHEN {_OWES.format(f' AND {STOOD}')} THEN '{STOOD_STILL}' ELSE '{RUNS}' END,"
        f" first_due_at = coalesce((SELECT min(l.due_at) {_OWED}), first_due_at),"
        f" verified = ({_VERIFIED}), verified_first = ({_VERIFIED} AND {_REPLIES} = 1)"
        " WHERE id = ? RETURNING clock",
        notice,
    )
    if any(row["clock"] == STOOD_STILL for row in said):
        await _add_pauses(notice)


async def tally_carrying(lines: Sequence[str]) -> None:
    """Say it again for every notice these lines are on, or are carried on to."""
    if not lines:
        return
    notices: tuple[str, ...] = ()
    # One that was amended while it was waited for has a successor by now.
    while (found := await _held(lines)) != notices:
        notices = found
    for notice in notices:
        await tally_lines(notice)


async def _held(lines: Sequence[str]) -> tuple[str, ...]:
    """The notices of these lines and of those that carry them on, locked in one order."""
    rows = await run(
        "SELECT id FROM notice WHERE id IN (WITH RECURSIVE carrying (line) AS"
        f" (SELECT id FROM notice_line WHERE id IN ({marks(len(lines))})"
        " UNION SELECT l.id FROM notice_line l JOIN carrying c ON l.carried_from = c.line)"
        " SELECT notice FROM notice_line WHERE id IN (SELECT line FROM carrying))"
        f" ORDER BY id{for_update_clause()}",
        *lines,
    )
    return tuple(str(row["id"]) for row in rows)


async def _add_pauses(notice: str) -> None:
    """Put the nearest deadline where the pauses that are over moved it. What stands still has none
    until its clock goes on; where all of it does, the nearest it had is kept: before it, nothing
    is late.
    """
    rows = await run(
        f"SELECT l.id, l.due_at FROM notice_line l WHERE l.notice = ? AND {_TO_DO}", notice
    )
    lines = msgspec.convert(rows, tuple[_Owed, ...])
    pauses = await pauses_of(line.id for line in lines)
    running = [
        paused_due(line.due_at, pauses.get(line.id, ()), line.due_at)
        for line in lines
        if all(pause.until for pause in pauses.get(line.id, ()))
    ]
    if running:
        await run("UPDATE notice SET first_due_at = ? WHERE id = ?", min(running), notice)


_TO_DO = "l.state IN ('open', 'returned')"
_OWED = f"FROM notice_line l WHERE l.notice = notice.id AND {_TO_DO}"
_OWES = f"EXISTS (SELECT 1 {_OWED}{{0}})"
_VERIFIED = "SELECT count(*) FROM notice_line l WHERE l.notice = notice.id AND l.state = 'verified'"
_REPLIES = (
    "(SELECT count(*) FROM rectification_reply r WHERE r.line = l.id AND r.attempt IS NOT NULL)"
)
