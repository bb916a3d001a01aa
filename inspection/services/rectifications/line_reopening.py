"""A settled line that did not last: it goes back to its store, and its notice with it."""

from inspection.domain.access import Actor
from inspection.domain.notices import notice_state
from inspection.domain.notices.notice_state import NoticeMove
from inspection.domain.rectifications import rectification
from inspection.domain.rectifications.rectification import LineMove
from inspection.persistence.notices import notice_moves
from inspection.persistence.rectifications import (
    rectification_lines,
    rectification_replies,
    solved_cases,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.rectification_replies import VerdictRow
from inspection.services.changes import record
from inspection.services.rectifications.line_clocks import clock_of, give_until, later
from inspection.services.rectifications.rectification_access import is_live
from inspection.services.rectifications.rectification_news import tell_reopened
from inspection.services.tools import Tools


def can_reopen(row: LineRow) -> bool:
    """Whether the line is settled and its notice still counts."""
    counts = is_live(row) or notice_state.allowed(row.notice_state, NoticeMove.REOPEN)
    return counts and rectification.allowed(row.state, LineMove.REOPEN)


async def reopen_line(tools: Tools, actor: Actor, row: LineRow, reason: str) -> None:
    """Return a line its caller holds, with the whole of its time from now on; what was settled by
    it alone is undone: the notice's end and the case. Belongs into the transaction that noted why.
    """
    after = rectification.move(row.state, LineMove.REOPEN)
    before = (await clock_of(tools, row)).due_at
    verdict = await _verdict(tools, actor, row.id, reason)
    await rectification_lines.move_line(row.id, row.state, after)
    due = await give_until(tools, row, later(tools, row, tools.now(), row.hours))
    await solved_cases.remove_case(row.id)
    if not is_live(row):
        await _reopen_notice(tools, actor, row, reason)
    await tell_reopened(tools, actor, row, verdict.id, due)
    body = {
        "number": row.notice_number,
        "line": row.number,
        "state": [row.state.value, after.value],
        "due_at": [before, due],
        "reason": reason,
    }
    await record(tools, actor, "line.reopen", ("line", row.id), body)


async def _verdict(tools: Tools, actor: Actor, line: str, reason: str) -> VerdictRow:
    accepted = (await rectification_replies.verdicts_on(line))[-1]
    verdict = VerdictRow(
        id=tools.random_id(),
        line=line,
        reply=accepted.reply,
        way="call",
        accepted=False,
        reason=reason,
        verifier=actor.account,
        decided_at=tools.now(),
    )
    await rectification_replies.add_verdict(verdict)
    return verdict


async def _reopen_notice(tools: Tools, actor: Actor, row: LineRow, reason: str) -> None:
    state = notice_state.move(row.notice_state, NoticeMove.REOPEN)
    await notice_moves.note_reopened(row.notice, state)
    facts = {"changes": {"state": [row.notice_state.value, state.value]}, "reason": reason}
    await record(tools, actor, "notice.reopen", ("notice", row.notice), facts)
