"""Deciding an appeal: by somebody who had no part in it, with everything that follows in the same
transaction.
"""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.appeals import appeal as rules
from inspection.domain.appeals.appeal import AppealMove, AppealState
from inspection.domain.points import Hundredths
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.appeals import AppealChanged, AppealOwnWork, AppealRoundLocked
from inspection.domain.rounds.round import RoundState
from inspection.persistence.appeals import appeal_moves
from inspection.persistence.appeals.appeal_moves import Decided
from inspection.persistence.appeals.appeals import AppealRow
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import line_pauses, notice_tallies
from inspection.persistence.reviews import reviews
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.services.appeals.appeal_access import held, reached
from inspection.services.appeals.appeal_messages import tell_over
from inspection.services.appeals.appeal_rulings import Ruling, apply, lost_in
from inspection.services.changes import record
from inspection.services.notices.notice_amending import amend
from inspection.services.reviews.corrections import Corrected, record_correction
from inspection.services.tools import Tools


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision came to."""

    appeal: str
    state: AppealState
    old_lost: Hundredths
    new_lost: Hundredths


async def decide_appeal(tools: Tools, actor: Actor, appeal: str, ruling: Ruling) -> Outcome:
    """Decide an appeal. Upheld, the visit is corrected and scored again, its store's standing and
    its notice follow. The same decision sent again gets the same answer. Raises AppealOwnWork,
    AppealOpinionAwaited, AppealReasonMissing, AppealPartUnfit, AppealRoundLocked, AppealChanged.
    """
    reason = rules.reason(ruling.reason)
    ruling = msgspec.structs.replace(ruling, reason=reason)
    first = await reached(actor, Action.APPEAL_DECIDE, appeal)
    async with tx():
        # The visit before the appeal, as everybody takes them who judges it anew.
        visit = await reviews.lock_visit(first.visit)
        row = await held(actor, Action.APPEAL_DECIDE, appeal)
        if visit is None:
            raise NotFound(noun="visit")
        if _decided_already(row, actor, ruling):
            return _outcome(row, row.state, row.new_lost or Hundredths(0))
        state = await _check(tools, actor, row, ruling)
        lost = await _settle(tools, actor, visit, row, ruling)
    return _outcome(row, state, lost)


async def _settle(
    tools: Tools, actor: Actor, visit: ReviewedVisit, row: AppealRow, ruling: Ruling
) -> Hundredths:
    """Everything that follows from a ruling; what the item costs then."""
    state = rules.move(row.state, ruling.verdict)
    corrected = await apply(tools, actor, visit, row, ruling)
    lost = _lost_after(row, ruling, corrected)
    decided = Decided(
        state=state,
        new_lost=lost,
        reason=ruling.reason,
        answer=_found_instead(row, corrected),
        by=actor.account,
        at=tools.now(),
    )
    await _keep(row, decided)
    await tell_over(tools, row, state, actor.account)
    if corrected is not None:
        await _amend(tools, actor, row, corrected, ruling.reason)
        await record_correction(tools, actor, corrected)
    await _record(tools, actor, row, state, lost)
    return lost


async def _amend(
    tools: Tools, actor: Actor, row: AppealRow, corrected: Corrected, reason: str
) -> None:
    """Let the notice say what counts now, the old one kept."""
    if corrected.followed.what == "disagrees":
        amended = await amend(tools, actor, corrected.followed.notice, reason)
        if amended.notice:
            await appeal_moves.note_amended(row.id, amended.notice)


def _decided_already(row: AppealRow, actor: Actor, ruling: Ruling) -> bool:
    return (row.decided_by, row.reason) == (actor.account, ruling.reason) and (
        rules.MOVES[AppealState.ADVISED, ruling.verdict] is row.state
    )


async def _check(tools: Tools, actor: Actor, row: AppealRow, ruling: Ruling) -> AppealState:
    """The state the ruling leads to. Raises what keeps it from being made."""
    state = rules.move(row.state, ruling.verdict)
    rules.check_independent(actor.account, await appeal_moves.involved_in(row.id))
    rules.check_decidable(row.state, row.opinion_due_at, tools.now())
    if ruling.seen not in {None, row.version}:
        raise AppealChanged
    if ruling.verdict is not AppealMove.REJECT and row.round_state is RoundState.LOCKED:
        raise AppealRoundLocked(round=row.round_code)
    return state


async def _keep(row: AppealRow, decided: Decided) -> None:
    """Write the decision, and let the line's clock go on."""
    if not await appeal_moves.note_decision(row.id, decided):
        # The database knows better than we did who had a part in it.
        raise AppealOwnWork
    await notice_tallies.tally_carrying(await line_pauses.end_pauses(row.id, decided.at))


async def _record(
    tools: Tools, actor: Actor, row: AppealRow, state: AppealState, lost: Hundredths
) -> None:
    facts = {
        "item": row.item,
        "state": [row.state.value, state.value],
        "lost": [row.old_lost, lost],
    }
    await record(tools, actor, "appeal.decide", ("appeal", row.id), facts)


def _lost_after(row: AppealRow, ruling: Ruling, corrected: Corrected | None) -> Hundredths:
    if corrected is not None:
        return lost_in(corrected.new, row.item)
    # Rejected it costs what it cost; upheld after it was taken off elsewhere, nothing.
    return row.old_lost if ruling.verdict is AppealMove.REJECT else Hundredths(0)


def _found_instead(row: AppealRow, corrected: Corrected | None) -> str:
    rows = corrected.rows if corrected else ()
    return next((each.new_answer for each in rows if each.item == row.item), "")


def _outcome(row: AppealRow, state: AppealState, lost: Hundredths) -> Outcome:
    return Outcome(appeal=row.id, state=state, old_lost=row.old_lost, new_lost=lost)
