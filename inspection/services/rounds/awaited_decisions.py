"""What waits for the caller: rounds, drafts of rubrics and appeals to decide about, visits to
review, notices to sign, replies to verify, refused content to settle.
"""

from collections.abc import Awaitable, Callable

import msgspec

from inspection.domain.access import Action, Actor, granted
from inspection.domain.org.region_path import top_of
from inspection.persistence.appeals import appeal_lists
from inspection.persistence.notices import notice_lists
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications import rectification_queue
from inspection.persistence.reviews import review_queue
from inspection.persistence.rounds import round_lists
from inspection.persistence.rubrics import rubric_lists
from inspection.persistence.visits import parked

MOST = 100
"""Visits and replies are counted up to here: by the thousand, one more or less says nothing, and
every page counts them.
"""


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """How many wait for the caller. What the caller had a hand in waits for somebody else."""

    rounds: int = 0
    rubric_drafts: int = 0
    appeals: int = 0
    visits: int = 0
    replies: int = 0
    parked: int = 0
    notices: int = 0


async def awaited_of(actor: Actor) -> Awaited:
    """How much waits for the caller; nothing for roles that decide about nothing."""
    rounds = rubric_drafts = 0
    if granted(actor.role, Action.ROUND_DECIDE):
        rounds = await round_lists.count_awaiting(actor.region_path, actor.account)
    if _decides_rubrics(actor):
        rubric_drafts = await rubric_lists.count_awaiting(actor.account)
    return Awaited(
        rounds=rounds,
        rubric_drafts=rubric_drafts,
        appeals=await _appeals(actor),
        visits=await _few(actor, Action.VISIT_REVIEW, review_queue.count_few),
        replies=await _few(actor, Action.RECTIFICATION_VERIFY, rectification_queue.count_few),
        parked=await _parked(actor),
        notices=await _unsigned(actor),
    )


async def _few(actor: Actor, action: Action, count: Callable[[Scope, int], Awaitable[int]]) -> int:
    return await count(Scope(actor.region_path), MOST) if granted(actor.role, action) else 0


async def _unsigned(actor: Actor) -> int:
    """Checked notices the caller may sign: nobody signs own words."""
    if not granted(actor.role, Action.NOTICE_SIGN):
        return 0
    return await notice_lists.count_unsigned(Scope(actor.region_path), actor.account, MOST)


async def _parked(actor: Actor) -> int:
    """It lies in no region: whoever looks after the whole tree settles it."""
    settles = _is_whole(actor) and granted(actor.role, Action.PARKED_SETTLE)
    return await parked.count_waiting() if settles else 0


async def _appeals(actor: Actor) -> int:
    """Appeals the caller's region has not spoken about, or that nobody has decided yet."""
    if granted(actor.role, Action.APPEAL_ADVISE):
        return await appeal_lists.count_unadvised(Scope(actor.region_path))
    if granted(actor.role, Action.APPEAL_DECIDE):
        return await appeal_lists.count_undecided(Scope(actor.region_path), actor.account)
    return 0


def _decides_rubrics(actor: Actor) -> bool:
    return _is_whole(actor) and granted(actor.role, Action.RUBRIC_DRAFT_DECIDE)


def _is_whole(actor: Actor) -> bool:
    return bool(actor.region_path) and actor.region_path == top_of(actor.region_path)
