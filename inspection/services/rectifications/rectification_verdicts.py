"""Accepting a reply or returning it, and looking at the store itself when one was returned. What
follows is written with it: the call a day later, the case, the end of the notice.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.photos.photo import PhotoState
from inspection.domain.plain_text import plain
from inspection.domain.rectifications import rectification
from inspection.domain.rectifications.after_photo import EARLY
from inspection.domain.rectifications.rectification import LineMove, LineState
from inspection.domain.rectifications.reply import LONGEST_TEXT
from inspection.domain.refusals.rectification import (
    LineChanged,
    PhotoNotReady,
    VerdictReasonMissing,
)
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import (
    notice_tallies,
    rectification_lines,
    rectification_replies,
    reinspections,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.rectification_replies import ReplyRow, VerdictRow
from inspection.services.changes import record
from inspection.services.notices.notice_amending import close_notice
from inspection.services.overtaken_looks import end_overtaken
from inspection.services.rectifications.rectification_access import held_line, is_live
from inspection.services.rectifications.rectification_ends import after_acceptance
from inspection.services.rectifications.rectification_news import tell_verdict
from inspection.services.rectifications.rectification_replies import wants_photo
from inspection.services.rectifications.rectification_results import Verdict
from inspection.services.tools import Tools

MOVE = {
    ("reply", True): LineMove.ACCEPT,
    ("reply", False): LineMove.RETURN,
    ("recheck", True): LineMove.RECHECK_PASS,
    ("recheck", False): LineMove.RECHECK_FAIL,
}


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever verifies says. `seen` is the reply the page showed; `case` keeps a settled line
    out of the library when it is False.
    """

    accept: bool
    reason: str = ""
    seen: str = ""
    case: bool = True
    way: Literal["reply", "recheck"] = "reply"


async def judge(tools: Tools, actor: Actor, line: str, said: Judged) -> Verdict:
    """Settle a reply or a recheck. The same verdict sent again changes nothing. Raises NotFound,
    LineChanged when another reply came meanwhile, MoveRefused, and what keeps a line open.
    """
    reason = plain(said.reason, "reason", LONGEST_TEXT)
    async with tx():
        row = await held_line(actor, Action.RECTIFICATION_VERIFY, line)
        # Those that may end with it, before the log.
        await reinspections.lock_waiting((line,))
        last = await rectification_replies.last_attempt(line)
        if last is not None and (known := await _said_already(actor, last, said, reason)):
            return _verdict(row, known, row.state, closed=not is_live(row))
        if last is not None and said.seen and said.seen != last.id:
            raise LineChanged
        after = rectification.move(row.state, MOVE[said.way, said.accept])
        if last is None or not is_live(row):
            raise LineChanged
        if not reason and (said.way == "recheck" or not said.accept):
            raise VerdictReasonMissing
        verdict = await settle_line(tools, actor, (row, last), said, (reason, after))
        await end_overtaken(tools, actor, (line,))
        return verdict


async def _said_already(actor: Actor, last: ReplyRow, said: Judged, reason: str) -> str:
    """The id of the last verdict when it is this very one."""
    given = await rectification_replies.verdicts_on(last.line)
    mine = (last.id, said.way, said.accept, reason, actor.account)
    same = (
        one.id
        for one in given[-1:]
        if (one.reply, one.way, one.accepted, one.reason, one.verifier) == mine
    )
    return next(same, "")


def _verdict(row: LineRow, id: str, state: LineState, *, closed: bool) -> Verdict:
    return Verdict(id=id, line=row.id, notice=row.notice, state=state, closed=closed)


async def settle_line(
    tools: Tools,
    actor: Actor,
    what: tuple[LineRow, ReplyRow],
    said: Judged,
    outcome: tuple[str, LineState],
    looked: Sequence[str] = (),
) -> Verdict:
    """Write a checked verdict and what follows, in the caller's transaction. `looked` are clean
    photos of a look at the store: the reply it says more than counts for nothing then.
    """
    (row, last), (reason, after) = what, outcome
    photos = await _photos(row, last) if said.accept and said.way == "reply" else looked
    verdict = _row(tools, actor, last, said, reason)
    await rectification_replies.add_verdict(verdict)
    await rectification_lines.move_line(row.id, row.state, after)
    await notice_tallies.tally_lines(row.notice)
    if said.accept:
        await after_acceptance(tools, row, last, photos if said.case else ())
    await tell_verdict(tools, actor, row, verdict.id, accepted=said.accept)
    await _record(tools, actor, row, verdict, after)
    closed = await close_if_settled(tools, actor, row)
    return _verdict(row, verdict.id, after, closed=closed)


def _row(tools: Tools, actor: Actor, last: ReplyRow, said: Judged, reason: str) -> VerdictRow:
    return VerdictRow(
        id=tools.random_id(),
        line=last.line,
        reply=last.id,
        way=said.way,
        accepted=said.accept,
        reason=reason,
        verifier=actor.account,
        decided_at=tools.now(),
    )


async def close_if_settled(tools: Tools, actor: Actor, row: LineRow) -> bool:
    """Close the notice when its last line is settled, in the caller's transaction."""
    if not rectification.settled(await rectification_lines.states_of(row.notice)):
        return False
    await close_notice(tools, actor, row.notice)
    return True


async def _photos(row: LineRow, last: ReplyRow) -> tuple[str, ...]:
    """The clean photos of a reply that count, the first to show. Raises PhotoNotReady where one is
    needed.
    """
    found = tuple(
        photo
        for photo in await rectification_replies.photos_of(row.id)
        if photo.reply == last.id
        and photo.state == PhotoState.CLEAN
        and EARLY not in msgspec.json.decode(photo.flags, type=tuple[str, ...])
    )
    if not found and await wants_photo(row):
        raise PhotoNotReady
    return tuple(photo.print_sha256 for photo in found if photo.print_sha256)


async def _record(
    tools: Tools, actor: Actor, row: LineRow, verdict: VerdictRow, after: LineState
) -> None:
    body = {
        "number": row.notice_number,
        "line": row.number,
        "way": verdict.way,
        "state": [row.state.value, after.value],
        "reason": verdict.reason,
    }
    action = "line.accept" if verdict.accepted else "line.return"
    await record(tools, actor, action, ("line", row.id), body)
