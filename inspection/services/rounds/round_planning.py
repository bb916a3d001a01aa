"""Planning a round: asking for a proposal, throwing it away, sending people by it."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals.proposals import PlanChanged, PlanRefused, PlanRoundClosed
from inspection.domain.rounds.plan_choice import PlanChoice, choice_faults
from inspection.domain.rounds.round import RoundState
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.people.places import Scope
from inspection.persistence.rounds import proposals
from inspection.persistence.rounds.planning_facts import PlannedRound
from inspection.persistence.rounds.proposals import ProposalRow, ProposalState
from inspection.services.changes import changes, record
from inspection.services.rounds.plan_access import (
    choice_of,
    chosen_part,
    held_proposal,
    reached_round,
)
from inspection.services.rounds.plan_questions import today_of
from inspection.services.tools import Tools

PLAN = "round.plan"


class PlanWish(msgspec.Struct, frozen=True, kw_only=True):
    """A plan somebody wants. `keep` leaves what was changed by hand as it is; `seen` is the
    revision the page showed, 0 for none.
    """

    region_path: str = ""
    choice: PlanChoice = PlanChoice()
    keep: bool = True
    seen: int = 0


async def start_plan(tools: Tools, actor: Actor, code: str, wish: PlanWish) -> str:
    """Have a part of a round planned, or planned anew; the proposal's id. Raises NotFound,
    PlanRefused, PlanRoundClosed, or PlanChanged for another revision than was seen.
    """
    if faults := choice_faults(wish.choice):
        raise PlanRefused(faults=faults)
    async with tx():
        round_ = await reached_round(actor, Action.PLAN_EDIT, code, lock=True)
        path = await chosen_part(actor, Action.PLAN_EDIT, round_, wish.region_path)
        check_days(tools, round_)
        before = await _active(round_, path)
        if wish.seen != (before.revision if before else 0):
            raise PlanChanged
        after = await _begun(tools, actor, wish, path, round_, before)
        await jobs.enqueue(
            kind=PLAN,
            key=job_key(after),
            payload={"proposal": after.id, "revision": after.revision},
            at=tools.now(),
        )
        old = choice_of(before) if before else None
        await _record(tools, actor, round_, "plan.start", after, changes(old, wish.choice))
    return after.id


async def discard_plan(tools: Tools, actor: Actor, code: str, proposal: str, seen: int) -> None:
    """Throw a proposal away, also while it is being made. Raises NotFound, PlanChanged,
    PlanNotReady.
    """
    async with tx():
        round_ = await reached_round(actor, Action.PLAN_EDIT, code)
        found = await held_proposal(actor, round_, proposal, seen)
        over = msgspec.structs.replace(
            found,
            state=ProposalState.DISCARDED,
            revision=found.revision + 1,
            settled_at=tools.now(),
        )
        await proposals.update_proposal(over)
        moved: dict[str, list[object]] = {"state": [found.state.value, over.state.value]}
        await _record(tools, actor, round_, "plan.discard", over, moved)


def check_days(tools: Tools, round_: PlannedRound) -> None:
    """Raises PlanRoundClosed for a round that is locked, discarded or over."""
    over = today_of(tools.now()) > round_.ends_on
    if over or round_.state in {RoundState.LOCKED, RoundState.DISCARDED}:
        raise PlanRoundClosed


def job_key(found: ProposalRow) -> str:
    """The key of the job that makes this revision of a proposal."""
    return f"{PLAN} {found.id} {found.revision}"


async def _active(round_: PlannedRound, path: str) -> ProposalRow | None:
    found = await proposals.active_proposals(round_.id, Scope(path))
    return next((row for row in found if row.region_path == path), None)


async def _begun(
    tools: Tools,
    actor: Actor,
    wish: PlanWish,
    path: str,
    round_: PlannedRound,
    before: ProposalRow | None,
) -> ProposalRow:
    choice = msgspec.json.encode(wish.choice).decode()
    if before is not None:
        if not wish.keep:
            await proposals.forget_hand_changes(before.id)
        again = _again(before, choice)
        await proposals.update_proposal(again)
        return again
    made = ProposalRow(
        id=tools.new_id(),
        round=round_.id,
        region_path=path,
        state=ProposalState.PLANNING,
        choice=choice,
        fault="",
        revision=1,
        made_by=actor.account,
        made_at=tools.now(),
    )
    await proposals.add_proposal(made)
    return made


def _again(before: ProposalRow, choice: str) -> ProposalRow:
    return msgspec.structs.replace(
        before,
        state=ProposalState.PLANNING,
        choice=choice,
        fault="",
        revision=before.revision + 1,
    )


async def _record(
    tools: Tools,
    actor: Actor,
    round_: PlannedRound,
    action: str,
    found: ProposalRow,
    changed: dict[str, list[object]],
) -> None:
    body = {"proposal": found.id, "region": found.region_path, "changes": changed}
    await record(tools, actor, action, ("round", round_.id), body)
