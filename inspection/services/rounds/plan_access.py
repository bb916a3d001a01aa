"""Reaching a plan: which round, which part of the tree, and whose."""

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.proposals import PlanChanged, PlanNotReady
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.persistence.people import places
from inspection.persistence.rounds import planning_facts, proposals
from inspection.persistence.rounds.planning_facts import PlannedRound
from inspection.persistence.rounds.proposals import ProposalRow, ProposalState
from inspection.services.reach import check_granted, check_reach
from inspection.services.rounds.plan_questions import Matter, today_of
from inspection.services.tools import Tools


async def reached_round(
    actor: Actor, action: Action, code: str, *, lock: bool = False
) -> PlannedRound:
    """A round that has to do with the caller's part of the tree. Raises NotAllowed or NotFound."""
    check_granted(actor, action)
    found = await planning_facts.find_round(code, lock=lock)
    if found is None or not actor.region_path or not part_of(actor, found):
        raise NotFound(noun="round")
    return found


def part_of(actor: Actor, round_: PlannedRound) -> str:
    """What of the round lies in the caller's part of the tree; nothing when they do not meet."""
    mine, its = actor.region_path, round_.region_path
    if mine.startswith(its):
        return mine
    return its if its.startswith(mine) else ""


async def chosen_part(actor: Actor, action: Action, round_: PlannedRound, wanted: str) -> str:
    """The part that is asked for, or all of it. Raises NotFound outside the caller's or the
    round's.
    """
    path = wanted or part_of(actor, round_)
    check_reach(actor, action, Place(region_path=path), "region")
    if not path.startswith(round_.region_path) or await places.find_region(path) is None:
        raise NotFound(noun="region")
    return path


async def held_proposal(
    actor: Actor, round_: PlannedRound, proposal: str, seen: int | None = None
) -> ProposalRow:
    """A proposal of the round that can be worked on, locked. Raises PlanNotReady, also for one out
    of reach: it looks like one that is over; PlanChanged for another revision than was seen.
    """
    found = await proposals.find_proposal(proposal, lock=True)
    if found is None or not reaches(actor, Action.PLAN_EDIT, round_, found):
        raise PlanNotReady
    if found.state not in proposals.ACTIVE:
        raise PlanNotReady
    if seen not in {None, found.revision}:
        raise PlanChanged
    return found


def reaches(actor: Actor, action: Action, round_: PlannedRound, found: ProposalRow) -> bool:
    """Whether it is a proposal of the round, in the caller's part of the tree."""
    place = Place(region_path=found.region_path)
    return found.round == round_.id and may(actor, action, place)


def check_ready(found: ProposalRow) -> None:
    """Raises PlanNotReady while it is being made."""
    if found.state is not ProposalState.READY:
        raise PlanNotReady


def choice_of(found: ProposalRow) -> PlanChoice:
    """What was chosen for it."""
    return msgspec.json.decode(found.choice, type=PlanChoice)


def matter_of(tools: Tools, round_: PlannedRound, found: ProposalRow) -> Matter:
    """What its question is about, today."""
    return Matter(
        round=round_,
        region_path=found.region_path,
        choice=choice_of(found),
        today=today_of(tools.now()),
    )
