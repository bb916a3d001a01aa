"""Decisions about a visit: every state, every decision, and what each needs."""

import msgspec
import pytest

from inspection.domain.plain_text import TextTooLong
from inspection.domain.refusals import (
    CardUnpublishable,
    MoveRefused,
    ReasonMissing,
    ReviewOutdated,
    ReviewOwnVisit,
    VisitIncomplete,
)
from inspection.domain.reviews.review import Decision, ReviewCase, UnderReview, decide
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.rounds.round import RoundState
from inspection.domain.visits.visit import VisitState

WAITING = UnderReview(
    state=VisitState.SUBMITTED,
    assignment_state=AssignmentState.SUBMITTED,
    round_state=RoundState.OPEN,
    attempt=2,
    inspector="li",
    complete=True,
    missing_photos=0,
    total=9550,
)
APPROVAL = ReviewCase(attempt=2, decision=Decision.APPROVE, reason="", reviewer="sun")
RETURN = ReviewCase(attempt=2, decision=Decision.RETURN, reason="照片看不清", reviewer="sun")


def but(struct, **changes):
    return msgspec.structs.replace(struct, **changes)


def test_approval_finishes_and_lets_it_wait_for_its_release():
    verdict = decide(WAITING, APPROVAL)
    assert (verdict.state, verdict.assignment_state) == (VisitState.APPROVED, AssignmentState.DONE)


def test_a_return_opens_the_assignment_again():
    verdict = decide(WAITING, RETURN)
    assert (verdict.state, verdict.assignment_state, verdict.reason) == (
        VisitState.RETURNED,
        AssignmentState.RETURNED,
        "照片看不清",
    )


@pytest.mark.parametrize("case", [APPROVAL, RETURN])
@pytest.mark.parametrize("state", [s for s in VisitState if s is not VisitState.SUBMITTED])
def test_only_a_submitted_visit_can_be_decided(state, case):
    with pytest.raises(MoveRefused):
        decide(but(WAITING, state=state), case)


@pytest.mark.parametrize(
    ("found", "case", "refusal"),
    [
        (but(WAITING, attempt=3), APPROVAL, ReviewOutdated),
        (but(WAITING, round_state=RoundState.LOCKED), APPROVAL, MoveRefused),
        (but(WAITING, inspector="sun"), APPROVAL, ReviewOwnVisit),
        (but(WAITING, complete=False, missing_photos=2), APPROVAL, VisitIncomplete),
        (but(WAITING, total=None), APPROVAL, CardUnpublishable),
        (WAITING, but(RETURN, reason=" \u200e "), ReasonMissing),
        (WAITING, but(RETURN, reason="长" * 501), TextTooLong),
    ],
)
def test_what_a_decision_needs(found, case, refusal):
    with pytest.raises(refusal):
        decide(found, case)


def test_an_incomplete_visit_can_still_be_returned():
    assert decide(but(WAITING, complete=False, total=None), RETURN).state is VisitState.RETURNED
