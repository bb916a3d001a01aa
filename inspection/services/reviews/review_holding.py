"""A visit a reviewer works at: held, waiting, theirs to judge, and the attempt they were shown."""

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import MoveRefused, NotFound, ReviewOutdated, ReviewOwnVisit
from inspection.domain.rounds.round import RoundState
from inspection.domain.visits.visit import VisitState
from inspection.persistence.reviews import reviews
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.services.reach import check_granted


async def held(actor: Actor, visit: str, attempt: int) -> ReviewedVisit:
    """The visit, which stays as it is until the transaction ends. Raises NotFound where the
    caller may not judge, and what forbids working at it.
    """
    check_granted(actor, Action.VISIT_REVIEW)
    return checked(actor, await reviews.lock_visit(visit), attempt)


async def looked_at(actor: Actor, visit: str, attempt: int) -> ReviewedVisit:
    """The same without holding it, for what writes nothing."""
    check_granted(actor, Action.VISIT_REVIEW)
    return checked(actor, await reviews.find_visit(visit), attempt)


def checked(actor: Actor, found: ReviewedVisit | None, attempt: int) -> ReviewedVisit:
    """The visit, if this actor may work at this attempt of it now."""
    if found is None or not may(actor, Action.VISIT_REVIEW, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    if attempt != found.attempt:
        raise ReviewOutdated(shown=attempt, current=found.attempt)
    if found.state is not VisitState.SUBMITTED:
        raise MoveRefused(noun="visit", state=found.state.value, move="correct")
    if found.round_state is RoundState.LOCKED:
        raise MoveRefused(noun="round", state=found.round_state.value, move="correct")
    if actor.account == found.inspector:
        raise ReviewOwnVisit
    return found
