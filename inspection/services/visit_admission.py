"""Whether a submission may come in: who sent it, for which assignment, in which turn."""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Place, may
from inspection.domain.refusals import (
    AssignmentCancelled,
    AssignmentRefused,
    AssignmentTaken,
    AttemptRefused,
    Fault,
    NotFound,
    RoundLocked,
    RubricMismatch,
    RubricWithdrawn,
    VisitConflict,
)
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.rounds.round import RoundState
from inspection.domain.visits.visit import VisitBody, VisitState
from inspection.persistence.visits.visits import KnownAssignment, KnownVisit, Situation

WITHDRAWN = "withdrawn"


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """Content that came in whole: for which visit and attempt, from whom, when."""

    actor: Actor
    visit: str
    attempt: int
    content: bytes
    content_hash: str
    at: datetime


class Received(msgspec.Struct, frozen=True):
    """The receipt, byte for byte the same for ever, and whether this request earned it."""

    receipt: bytes
    is_new: bool


def receipt_given(known: Situation, arrival: Arrival) -> bytes | None:
    """The receipt this very content got before, or None when the attempt is new.
    Raises NotFound for somebody else's visit and VisitConflict for other content.
    """
    if known.visit is not None and not _own(arrival.actor, known.visit.inspector):
        raise NotFound(noun="visit")
    if known.submission is None:
        return None
    if known.submission.content_hash != arrival.content_hash:
        raise VisitConflict
    return known.submission.receipt.encode()


def admit(known: Situation, arrival: Arrival, body: VisitBody) -> KnownAssignment:
    """The assignment a new attempt is for. Raises the refusal that keeps it out."""
    assignment = known.assignment
    if assignment is None or not _own(arrival.actor, assignment.inspector):
        raise AssignmentRefused(faults=(Fault("/assignment", "visit.assignment_unknown"),))
    if assignment.state is AssignmentState.CANCELLED:
        raise AssignmentCancelled
    _check_turn(known.visit, arrival, assignment)
    if body.rubric_digest != assignment.rubric_digest:
        raise RubricMismatch(faults=(Fault("/rubric_digest", "visit.rubric_differs"),))
    if assignment.rubric_state == WITHDRAWN:
        raise RubricWithdrawn
    if assignment.round_state != RoundState.OPEN:
        raise RoundLocked
    return assignment


def _check_turn(visit: KnownVisit | None, arrival: Arrival, assignment: KnownAssignment) -> None:
    if visit is None:
        if arrival.attempt != 1:
            raise AttemptRefused(attempt=arrival.attempt, state="missing")
        if assignment.state is not AssignmentState.OPEN:
            raise AssignmentTaken
    elif visit.assignment != assignment.id:
        raise VisitConflict
    elif visit.state is not VisitState.RETURNED or arrival.attempt != visit.attempt + 1:
        raise AttemptRefused(attempt=arrival.attempt, state=visit.state.value)


def _own(actor: Actor, inspector: str) -> bool:
    return may(actor, Action.VISIT_SUBMIT, Place(inspector=AccountId(inspector)))
