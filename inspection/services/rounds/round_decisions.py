"""The way of a round: submitted, decided about by a second person, locked, unlocked."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import RoundRefused
from inspection.domain.rounds.round import RoundMove, RoundState, move
from inspection.domain.rounds.round_decision import (
    VERDICT_MOVE,
    RoundVerdict,
    check_second_person,
    given_reason,
    verdict_reason,
)
from inspection.persistence.engine import tx
from inspection.persistence.rounds import plans, round_rows
from inspection.persistence.rounds.plans import RoundEntry
from inspection.persistence.rounds.round_rows import DecisionRow
from inspection.services.changes import record
from inspection.services.rounds.round_access import held_round
from inspection.services.rounds.round_drafts import authors_of, check_seen, rubric_faults, signed
from inspection.services.rounds.round_plans import lock_held
from inspection.services.rounds.round_tellings import tell_round_decided, tell_round_waits
from inspection.services.tools import Tools


async def submit_round(tools: Tools, actor: Actor, code: str, seen: int) -> None:
    """Hand a draft in for a second person to decide. Raises RoundChanged, MoveRefused, and
    RoundRefused when a rubric of it was withdrawn meanwhile.
    """
    async with tx():
        found = await held_round(actor, Action.ROUND_EDIT, code)
        after = move(RoundState(found.state), RoundMove.SUBMIT)
        check_seen(found, seen)
        await _check_rubrics(found)
        await tell_round_waits(tools, actor, found)
        await _move(tools, actor, found, after, "round.submit")


async def recall_round(tools: Tools, actor: Actor, code: str) -> None:
    """Take a submitted round back to change it. Raises MoveRefused."""
    async with tx():
        found = await held_round(actor, Action.ROUND_EDIT, code)
        after = move(RoundState(found.state), RoundMove.RECALL)
        await _move(tools, actor, found, after, "round.recall")


async def discard_round(tools: Tools, actor: Actor, code: str, seen: int) -> None:
    """Put a draft out of the way. It keeps its code, so that a schedule does not draft the period
    anew. Raises RoundChanged, MoveRefused.
    """
    async with tx():
        found = await held_round(actor, Action.ROUND_EDIT, code)
        after = move(RoundState(found.state), RoundMove.DISCARD)
        check_seen(found, seen)
        await _move(tools, actor, found, after, "round.discard")


async def restore_round(tools: Tools, actor: Actor, code: str) -> None:
    """Take a discarded draft up again. Raises MoveRefused."""
    async with tx():
        found = await held_round(actor, Action.ROUND_EDIT, code)
        after = move(RoundState(found.state), RoundMove.RESTORE)
        await _move(tools, actor, found, after, "round.restore")


async def decide_round(
    tools: Tools, actor: Actor, code: str, verdict: RoundVerdict, reason: str, seen: int
) -> None:
    """Approve a submitted round, which opens it, or veto it back to a draft with the reason. Raises
    RoundOwn, RoundReasonMissing, RoundChanged, MoveRefused, RoundRefused.
    """
    async with tx():
        found = await held_round(actor, Action.ROUND_DECIDE, code)
        after = move(RoundState(found.state), VERDICT_MOVE[verdict])
        check_seen(found, seen)
        check_second_person(actor.account, authors_of(found))
        said = verdict_reason(verdict, reason)
        if verdict is RoundVerdict.APPROVED:
            await _check_rubrics(found)
        await round_rows.add_decision(
            DecisionRow(
                id=tools.new_id(),
                round=found.id,
                decision=verdict.value,
                reason=said,
                decided_by=actor.account,
                decided_at=tools.now(),
            )
        )
        await tell_round_decided(tools, actor, found, verdict)
        await _move(tools, actor, found, after, f"round.{VERDICT_MOVE[verdict].value}", said)


async def close_round(tools: Tools, actor: Actor, code: str, reason: str = "") -> None:
    """Lock an open round from the screen: its published results stand. Raises MoveRefused, and
    RoundStillOpen while something is open and no reason is given.
    """
    async with tx():
        found = await held_round(actor, Action.ROUND_LOCK, code)
        after = move(RoundState(found.state), RoundMove.LOCK)
        said = await lock_held(found.id, reason)
        await _record(tools, actor, found, after, "round.lock", said)


async def reopen_round(tools: Tools, actor: Actor, code: str, reason: str) -> None:
    """Unlock a round for a reason: its results may change again. Raises RoundReasonMissing,
    MoveRefused.
    """
    async with tx():
        found = await held_round(actor, Action.ROUND_LOCK, code)
        after = move(RoundState(found.state), RoundMove.UNLOCK)
        said = given_reason(reason)
        await round_rows.unlock_round(found.id)
        await _record(tools, actor, found, after, "round.unlock", said)


async def _check_rubrics(found: RoundEntry) -> None:
    used = await plans.rubrics_of(found.id)
    if faults := await rubric_faults(tuple(used.values())):
        raise RoundRefused(faults=faults)


async def _move(
    tools: Tools, actor: Actor, found: RoundEntry, after: RoundState, action: str, reason: str = ""
) -> None:
    # Who decides is no author: a vetoed draft can be judged by the same person again.
    hand = {} if reason or after is RoundState.OPEN else signed(found, actor)
    moved = msgspec.structs.replace(
        found, **{"revision": found.revision + 1, **hand, "state": after.value}
    )
    await round_rows.write_round(moved)
    await _record(tools, actor, found, after, action, reason)


async def _record(
    tools: Tools, actor: Actor, found: RoundEntry, after: RoundState, action: str, reason: str = ""
) -> None:
    body: dict[str, object] = {
        "code": found.code,
        "changes": {"state": [found.state, after.value]},
    }
    if reason:
        body["reason"] = reason
    await record(tools, actor, action, ("round", found.id), body)
