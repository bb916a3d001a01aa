"""What waits for a second person: rounds and drafts of rubrics the caller may decide about."""

import msgspec

from inspection.domain.access import Action, Actor, granted
from inspection.domain.org.region_path import top_of
from inspection.persistence.appeals import appeal_lists
from inspection.persistence.people.places import Scope
from inspection.persistence.rounds import round_lists
from inspection.persistence.rubrics import rubric_lists


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """How many wait for the caller. What the caller had a hand in waits for somebody else."""

    rounds: int = 0
    rubric_drafts: int = 0
    appeals: int = 0


async def awaited_of(actor: Actor) -> Awaited:
    """How much waits for the caller; nothing for roles that decide about nothing."""
    rounds = rubric_drafts = 0
    if granted(actor.role, Action.ROUND_DECIDE):
        rounds = await round_lists.count_awaiting(actor.region_path, actor.account)
    if _decides_rubrics(actor):
        rubric_drafts = await rubric_lists.count_awaiting(actor.account)
    appeals = await _appeals(actor)
    return Awaited(rounds=rounds, rubric_drafts=rubric_drafts, appeals=appeals)


async def _appeals(actor: Actor) -> int:
    """Appeals the caller's region has not spoken about, or that nobody has decided yet."""
    if granted(actor.role, Action.APPEAL_ADVISE):
        return await appeal_lists.count_unadvised(Scope(actor.region_path))
    if granted(actor.role, Action.APPEAL_DECIDE):
        return await appeal_lists.count_undecided(Scope(actor.region_path), actor.account)
    return 0


def _decides_rubrics(actor: Actor) -> bool:
    whole = bool(actor.region_path) and actor.region_path == top_of(actor.region_path)
    return whole and granted(actor.role, Action.RUBRIC_DRAFT_DECIDE)
