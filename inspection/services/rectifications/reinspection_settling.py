"""What a look at a store comes to: the desk settles its lines, in words and photos it approves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.plain_text import plain
from inspection.domain.rectifications import rectification, reinspection
from inspection.domain.rectifications.rectification import LineMove
from inspection.domain.rectifications.reinspection import ReinspectionMove, ReinspectionState
from inspection.domain.rectifications.reply import LONGEST_TEXT
from inspection.domain.refusals.rectification import (
    LineChanged,
    SettlingIncomplete,
    VerdictReasonMissing,
)
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import (
    rectification_replies,
    reinspection_sendings,
    reinspections,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.reinspections import MarkedLine
from inspection.services.changes import record
from inspection.services.overtaken_looks import end_overtaken, is_over, seen_at
from inspection.services.rectifications.rectification_access import awaits_recheck, held_line
from inspection.services.rectifications.rectification_verdicts import Judged, settle_line
from inspection.services.rectifications.reinspection_access import held_look, reached_look
from inspection.services.tools import Tools

Outcome = Literal["passed", "failed", "left"]


class LineOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a line, in words for its store; left, it stays returned without a verdict."""

    line: str
    outcome: Outcome
    reason: str = ""


class Settling(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of every line, and the places of the photos its store may see."""

    lines: tuple[LineOutcome, ...]
    shown: tuple[int, ...] = ()


async def settle(tools: Tools, actor: Actor, look: str, said: Settling) -> None:
    """Settle the lines of a look, all or none. The same person's second time changes nothing.
    Another look that has nothing left to ask then ends with it. Raises NotFound, MoveRefused,
    LineChanged, VerdictReasonMissing, SettlingIncomplete.
    """
    await reached_look(actor, Action.RECTIFICATION_VERIFY, look)
    marked = {one.line: one for one in await reinspections.lines_of(look)}
    async with tx():
        rows = await _held(actor, marked)
        found = await held_look(actor, Action.RECTIFICATION_VERIFY, look)
        if found.state is ReinspectionState.SETTLED and found.ended_by == actor.account:
            return
        after = reinspection.move(found.state, ReinspectionMove.SETTLE)
        outcomes = _matched(said, marked)
        shown = await _show(look, said.shown)
        seen = seen_at(await reinspection_sendings.sending_of(look))
        for row in rows:
            if outcomes[row.id].outcome != "left":
                await _line(tools, actor, row, marked[row.id], outcomes[row.id], seen)
        await reinspections.move_reinspection(look, found.state, after)
        await reinspections.note_end(look, actor.account, tools.now(), "")
        body = {
            "store": found.store_code,
            "state": [found.state.value, after.value],
            "lines": {str(row.number): outcomes[row.id].outcome for row in rows},
            "photos_shown": shown,
        }
        await record(tools, actor, "reinspection.settle", ("reinspection", look), body)
        await end_overtaken(tools, actor, marked)


async def _held(actor: Actor, marked: Iterable[str]) -> list[LineRow]:
    """The lines with their notice, before the looks as everybody takes them who settles one; and
    the other looks, which may end with this one, before the log, so that nobody waits in turn.
    """
    rows = [await held_line(actor, Action.RECTIFICATION_VERIFY, line) for line in marked]
    await reinspections.lock_waiting(row.id for row in rows)
    return rows


def _matched(said: Settling, marked: dict[str, MarkedLine]) -> dict[str, LineOutcome]:
    found = {one.line: one for one in said.lines}
    if found.keys() != marked.keys():
        raise SettlingIncomplete
    return found


async def _show(look: str, shown: tuple[int, ...]) -> int:
    """Let the store see these photos; how many. One without a clean copy nobody has looked at."""
    photos = await reinspection_sendings.photos_of(look)
    chosen = [
        photo.id for k, photo in enumerate(photos, start=1) if k in shown and photo.print_sha256
    ]
    await reinspection_sendings.show_photos(chosen)
    return len(chosen)


async def _line(
    tools: Tools,
    actor: Actor,
    row: LineRow,
    marked: MarkedLine,
    said: LineOutcome,
    seen: datetime | None,
) -> None:
    passed = said.outcome == "passed"
    wanted = LineMove.RECHECK_PASS if passed else LineMove.RECHECK_FAIL
    last = await rectification_replies.last_attempt(row.id)
    if last is None or not awaits_recheck(row) or await is_over(row, seen):
        raise LineChanged
    reason = plain(said.reason, "reason", LONGEST_TEXT)
    if not reason:
        raise VerdictReasonMissing
    photos = await reinspection_sendings.shown_of(marked.reinspection, row.items())
    judged = Judged(accept=passed, reason=reason, way="recheck")
    outcome = (reason, rectification.move(row.state, wanted))
    verdict = await settle_line(tools, actor, (row, last), judged, outcome, photos)
    await reinspections.note_verdict(marked.id, verdict.id)
