"""Looks at stores with nothing left to ask: another look, or the desk itself, settled their lines
meanwhile, or the notice counts no more. They end with that, so that nobody goes in vain and nothing
is asked of the desk twice.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from inspection.domain.access import Actor
from inspection.domain.notices.notice_state import COUNTS_NO_MORE
from inspection.domain.rectifications import rectification, reinspection
from inspection.domain.rectifications.reinspection import OVERTAKEN, ReinspectionMove
from inspection.domain.visits.visit import VisitBody
from inspection.persistence.rectifications import (
    rectification_lines,
    rectification_replies,
    reinspection_sendings,
    reinspections,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.reinspection_sendings import SendingRow
from inspection.persistence.rectifications.reinspections import ReinspectionFound
from inspection.services.changes import record
from inspection.services.messages.push_subscriptions import tell_of_assignments
from inspection.services.tools import Tools


def seen_at(sent: SendingRow | None) -> datetime | None:
    """When the inspector was done there, None before that. It may have been received much later."""
    if sent is None:
        return None
    return min(msgspec.json.decode(sent.body, type=VisitBody).ended_at, sent.received_at)


async def is_over(row: LineRow, seen: datetime | None) -> bool:
    """Whether a look, made at this time or still to be made, asks nothing of the line."""
    if row.notice_state in COUNTS_NO_MORE:
        return True
    given = await rectification_replies.verdicts_on(row.id)
    looked_at = [verdict.decided_at for verdict in given if verdict.way == "recheck"]
    return rectification.settled([row.state]) or reinspection.answered(seen, looked_at)


async def hold_looks_of(notice: str) -> tuple[str, ...]:
    """The lines of a notice; looks at them do not change until the transaction ends. Held before
    the log, like everywhere.
    """
    lines = tuple(line.id for line in await rectification_lines.lines_on_the_way(notice))
    await reinspections.lock_waiting(lines)
    return lines


async def end_overtaken(tools: Tools, actor: Actor, lines: Iterable[str]) -> None:
    """End the looks at these lines that have nothing left to ask. Belongs into the transaction that
    settled them, which holds the lines and their notice.
    """
    for found in await reinspections.lock_waiting(lines):
        rows = await rectification_lines.lines_looked_at(found.id)
        seen = seen_at(await reinspection_sendings.sending_of(found.id))
        if all([await is_over(row, seen) for row in rows]):
            await _end(tools, actor, found, rows)


async def end_when_over(tools: Tools, actor: Actor, look: str) -> None:
    """End one look that was accepted after all, when meanwhile nothing is left to ask. Belongs into
    the transaction that accepted it.
    """
    found = await reinspections.find_reinspection(look)
    rows = await rectification_lines.lines_looked_at(look)
    seen = seen_at(await reinspection_sendings.sending_of(look))
    if found and all([await is_over(row, seen) for row in rows]):
        await _end(tools, actor, found, rows)


async def _end(
    tools: Tools, actor: Actor, found: ReinspectionFound, rows: tuple[LineRow, ...]
) -> None:
    wanted = OVERTAKEN[found.state]
    after = reinspection.move(found.state, wanted)
    await reinspections.move_reinspection(found.id, found.state, after)
    await reinspections.note_end(found.id, actor.account, tools.now(), "")
    if wanted is ReinspectionMove.CANCEL:
        await tell_of_assignments(tools, (found.inspector,))
    body = {
        "store": found.store_code,
        "state": [found.state.value, after.value],
        "overtaken": [row.number for row in rows],
    }
    await record(tools, actor, f"reinspection.{wanted.value}", ("reinspection", found.id), body)
