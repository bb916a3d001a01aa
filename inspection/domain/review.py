"""What a reviewer may decide about a visit, and what each decision needs."""

from enum import StrEnum

import msgspec

from inspection.domain import assignment, visit
from inspection.domain.assignment import AssignmentMove, AssignmentState
from inspection.domain.plain_text import plain
from inspection.domain.refusals import (
    CardUnpublishable,
    MoveRefused,
    ReasonMissing,
    ReviewOutdated,
    ReviewOwnVisit,
    VisitIncomplete,
)
from inspection.domain.round import RoundState
from inspection.domain.visit import VisitMove, VisitState

REASON = 500
"""Longest reason, in characters."""


class Decision(StrEnum):
    """The two things a review can end in."""

    APPROVE = "approve"
    RETURN = "return"


VISIT_MOVE: dict[Decision, VisitMove] = {Decision.APPROVE: "approve", Decision.RETURN: "return"}
ASSIGNMENT_MOVE: dict[Decision, AssignmentMove] = {
    Decision.APPROVE: "finish",
    Decision.RETURN: "return",
}
"""A returned assignment takes the next attempt."""


class UnderReview(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision depends on."""

    state: VisitState
    assignment_state: AssignmentState
    round_state: RoundState
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


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the decision makes of visit and assignment, and the reason as it is kept."""

    state: VisitState
    assignment_state: AssignmentState
    reason: str


def decide(found: UnderReview, case: ReviewCase) -> Verdict:
    """Apply a decision. Refuses what may not be decided, or not like this."""
    if case.attempt != found.attempt:
        raise ReviewOutdated(shown=case.attempt, current=found.attempt)
    state = visit.moved(found.state, VISIT_MOVE[case.decision])
    if found.round_state is RoundState.LOCKED:
        # Its ranking is final: a late visit would move places that were already announced.
        raise MoveRefused(noun="round", state=found.round_state.value, move=case.decision.value)
    if case.reviewer == found.inspector:
        raise ReviewOwnVisit
    if case.decision is Decision.APPROVE:
        _check_publishable(found)
    reason = plain(case.reason, "reason", REASON)
    if case.decision is Decision.RETURN and not reason:
        raise ReasonMissing
    return Verdict(
        state=state,
        assignment_state=assignment.moved(found.assignment_state, ASSIGNMENT_MOVE[case.decision]),
        reason=reason,
    )


def _check_publishable(found: UnderReview) -> None:
    if not found.complete:
        raise VisitIncomplete(missing=found.missing_photos)
    if found.total is None:
        raise CardUnpublishable
