"""What a reviewer may decide about a visit, and what each decision needs."""

from enum import StrEnum

import msgspec

from inspection.domain.plain_text import plain
from inspection.domain.refusals import (
    CardUnpublishable,
    MoveRefused,
    ReasonMissing,
    ReviewOutdated,
    ReviewOwnVisit,
    VisitIncomplete,
)

REASON = 500
"""Longest reason, in characters."""


class Decision(StrEnum):
    """The two things a review can end in."""

    APPROVE = "approve"
    RETURN = "return"


VISIT_MOVES = {
    ("submitted", Decision.APPROVE): "published",
    ("submitted", Decision.RETURN): "returned",
}
"""What a decision makes of a visit. Every other state refuses both."""

ASSIGNMENT_AFTER = {Decision.APPROVE: "done", Decision.RETURN: "returned"}
"""What a decision makes of the assignment; a returned one takes the next attempt."""


class UnderReview(msgspec.Struct, frozen=True, kw_only=True):
    """What of a visit a decision depends on."""

    state: str
    attempt: int
    inspector: str
    complete: bool
    missing_photos: int
    total: int | None


class ReviewCase(msgspec.Struct, frozen=True, kw_only=True):
    """A decision somebody wants to make: on which attempt, by whom, with what reason."""

    attempt: int
    decision: Decision
    reason: str
    reviewer: str


def decide(visit: UnderReview, case: ReviewCase) -> tuple[str, str]:
    """The visit's next state and the reason as it is kept. Refuses what may not be decided."""
    if case.attempt != visit.attempt:
        raise ReviewOutdated(shown=case.attempt, current=visit.attempt)
    after = VISIT_MOVES.get((visit.state, case.decision))
    if after is None:
        raise MoveRefused(noun="visit", state=visit.state, move=case.decision.value)
    if case.reviewer == visit.inspector:
        raise ReviewOwnVisit
    if case.decision is Decision.APPROVE:
        _check_publishable(visit)
    reason = plain(case.reason, "reason", REASON)
    if case.decision is Decision.RETURN and not reason:
        raise ReasonMissing
    return after, reason


def _check_publishable(visit: UnderReview) -> None:
    if not visit.complete:
        raise VisitIncomplete(missing=visit.missing_photos)
    if visit.total is None:
        raise CardUnpublishable
