"""What somebody decides about releases: a batch before its day, a visit held back, or let go."""

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import MoveRefused, NotFound
from inspection.domain.refusals.releases import ReleaseHeld, ReleaseNotHeld, ReleaseRunning
from inspection.domain.releases.release import BatchKind, check_early, early_cut, given_reason
from inspection.domain.rounds.round import RoundState
from inspection.domain.visits.visit import VisitState
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.releases import releases
from inspection.persistence.releases.releases import BatchRow, HoldRow
from inspection.persistence.rescores import rescores
from inspection.persistence.reviews import reviews
from inspection.persistence.rounds.plans import RoundEntry
from inspection.services.changes import record
from inspection.services.reach import check_granted
from inspection.services.releases.releases import RELEASE
from inspection.services.rounds.round_access import touched_round
from inspection.services.tools import Tools


async def release_early(tools: Tools, actor: Actor, code: str, reason: str) -> None:
    """Release what is ready in a round, in the caller's part of the tree, before its day; a job
    does the work. Raises NotFound, ReleaseTooSmall, ReleaseReasonMissing, ReleaseRunning, and
    MoveRefused unless the round is open.
    """
    async with tx():
        found = await touched_round(actor, Action.RELEASE_RUN, code)
        # Alone: two who press the button at once make one batch.
        state = await rescores.hold_round(found.id, alone=True)
        if state is not RoundState.OPEN:
            raise MoveRefused(noun="round", state=state.value, move="release")
        await _open_batch(tools, actor, found, reason)


async def hold_visit(tools: Tools, actor: Actor, visit: str, reason: str) -> None:
    """Keep an approved visit back, whatever batch would take it. Raises
    NotFound, ReleaseReasonMissing, ReleaseHeld, and MoveRefused unless it waits.
    """
    async with tx():
        await _hold_row(actor, visit)
        said = given_reason(reason)
        row = HoldRow(
            id=tools.new_id(), visit=visit, reason=said, held_by=actor.account, held_at=tools.now()
        )
        if not await releases.add_hold(row):
            raise ReleaseHeld
        body = {"reason": said, "changes": {"held": [None, said]}}
        await record(tools, actor, "visit.hold", ("visit", visit), body)


async def end_hold(tools: Tools, actor: Actor, visit: str) -> None:
    """Let a visit go with the next batch. Raises NotFound, ReleaseNotHeld,
    and MoveRefused unless it waits.
    """
    async with tx():
        await _hold_row(actor, visit)
        why = await releases.held_why(visit)
        if not await releases.drop_hold(visit):
            raise ReleaseNotHeld
        body = {"changes": {"held": [why, None]}}
        await record(tools, actor, "visit.end_hold", ("visit", visit), body)


async def _open_batch(tools: Tools, actor: Actor, found: RoundEntry, reason: str) -> None:
    if await releases.is_going_out(found.id):
        raise ReleaseRunning
    now, batch_id = tools.now(), tools.new_id()
    cut = early_cut(now, batch_id)
    batch = BatchRow(
        id=batch_id,
        round=found.id,
        key=cut.key,
        kind=BatchKind.EARLY,
        region_path=actor.region_path,
        approved_until=cut.approved_until,
        visited_before=cut.visited_before,
        reason=reason,
        made_by=actor.account,
        made_at=now,
    )
    ready = await releases.taken_by(batch)
    said = check_early(len(ready), reason)
    await releases.add_batch(batch)
    await jobs.enqueue(kind=RELEASE, key=f"{RELEASE} {batch_id}", payload={}, at=now)
    body = {"code": found.code, "visits": len(ready), "reason": said}
    await record(tools, actor, "round.release_early", ("round", found.id), body)


async def _hold_row(actor: Actor, visit: str) -> None:
    """Let nobody else change the visit meanwhile; a foreign one is missing."""
    check_granted(actor, Action.RELEASE_RUN)
    found = await reviews.lock_visit(visit)
    if found is None or not may(actor, Action.RELEASE_RUN, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    if found.state is not VisitState.APPROVED:
        raise MoveRefused(noun="visit", state=found.state.value, move="hold")
