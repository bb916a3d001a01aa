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
from inspection.domain.refusals.reviewing import QuestionsOpen, ReturnHoursRefused
from inspection.domain.rounds import assignment
from inspection.domain.rounds.assignment import AssignmentMove, AssignmentState
from inspection.domain.rounds.round import RoundState
from inspection.domain.visits import visit
from inspection.domain.visits.visit import VisitMove, VisitState

REASON = 500
"""Longest reason, in characters."""


class Decision(StrEnum):
    """What a review can end in, and taking that back."""

    APPROVE = "approve"
    RETURN = "return"
    REOPEN = "reopen"


VISIT_MOVE: dict[Decision, VisitMove] = {
    Decision.APPROVE: "approve",
    Decision.RETURN: "return",
    Decision.REOPEN: "reopen",
}
ASSIGNMENT_MOVE: dict[Decision, AssignmentMove] = {
    Decision.APPROVE: "finish",
    Decision.RETURN: "return",
    Decision.REOPEN: "reopen",
}
"""A returned assignment takes the next attempt; a reopened one waits for its review again."""

RETURN_HOURS = 24
"""How long an inspector usually has to send a returned visit again."""

LONGEST_RETURN = 720
"""Hours: a round is rarely longer than a month."""


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
    questions: int = 0
    """How many items the inspector is to be asked about."""


class ReviewCase(msgspec.Struct, frozen=True, kw_only=True):
    """A decision somebody wants to make: on which attempt, by whom, with what reason; `hours` is
    how long the inspector has after a return.
    """

    attempt: int
    decision: Decision
    reason: str
    reviewer: str
    hours: int = RETURN_HOURS


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
    _check_said(found, case, reason)
    return Verdict(
        state=state,
        assignment_state=assignment.moved(found.assignment_state, ASSIGNMENT_MOVE[case.decision]),
        reason=reason,
    )


def _check_said(found: UnderReview, case: ReviewCase, reason: str) -> None:
    """Nothing is sent back or taken back without a word; a question is one."""
    asked = case.decision is Decision.RETURN and found.questions > 0
    if case.decision is not Decision.APPROVE and not reason and not asked:
        raise ReasonMissing
    if case.decision is Decision.RETURN and not 1 <= case.hours <= LONGEST_RETURN:
        raise ReturnHoursRefused(hours=case.hours, most=LONGEST_RETURN)


def _check_publishable(found: UnderReview) -> None:
    if found.questions:
        raise QuestionsOpen(questions=found.questions)
    if not found.complete:
        raise VisitIncomplete(missing=found.missing_photos)
    if found.total is None:
        raise CardUnpublishable
