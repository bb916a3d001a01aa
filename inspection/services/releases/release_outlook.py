"""What becomes of a visit once it is approved, as its reviewer is told."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import NotFound
from inspection.domain.releases.release import due_at, week_of
from inspection.domain.visits.visit import VisitState
from inspection.persistence.releases import releases
from inspection.persistence.reviews import reviews
from inspection.services.reach import check_granted
from inspection.services.tools import Tools


class ReleaseOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """When a visit goes out: with which week's batch, or at once, and what keeps it back. Before
    the decision it says what approving now would lead to.
    """

    waiting: bool
    """It is approved and not out yet."""
    at_once: bool
    due_at: datetime
    year: int
    week: int
    weekday: int
    pilot: bool
    held: str = ""


async def release_outlook(tools: Tools, actor: Actor, visit: str) -> ReleaseOutlook:
    """What becomes of it. Raises NotFound."""
    check_granted(actor, Action.VISIT_READ)
    found = await reviews.find_visit(visit)
    if found is None or not may(actor, Action.VISIT_READ, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    waiting = found.state is VisitState.APPROVED
    approved_at = found.reviewed_at if waiting and found.reviewed_at else tools.now()
    due = due_at(found.visited_at, approved_at, found.release_day)
    year, week = week_of(due)
    return ReleaseOutlook(
        waiting=waiting,
        at_once=found.terms.at_once,
        due_at=due,
        year=year,
        week=week,
        weekday=found.release_day,
        pilot=found.pilot,
        held=await releases.held_why(visit),
    )
