"""An assignment: one visit to be made, its states and allowed moves."""

from enum import StrEnum
from typing import Literal

from inspection.domain.refusals import MoveRefused


class AssignmentState(StrEnum):
    """Where an assignment is. Returned means open again, with the reviewer's reason."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    CANCELLED = "cancelled"


AssignmentMove = Literal["submit", "return", "finish", "cancel", "reinstate"]

MOVES: dict[tuple[AssignmentState, AssignmentMove], AssignmentState] = {
    (AssignmentState.OPEN, "submit"): AssignmentState.SUBMITTED,
    (AssignmentState.RETURNED, "submit"): AssignmentState.SUBMITTED,
    (AssignmentState.SUBMITTED, "return"): AssignmentState.RETURNED,
    (AssignmentState.SUBMITTED, "finish"): AssignmentState.DONE,
    (AssignmentState.OPEN, "cancel"): AssignmentState.CANCELLED,
    (AssignmentState.RETURNED, "cancel"): AssignmentState.CANCELLED,
    (AssignmentState.CANCELLED, "reinstate"): AssignmentState.SUBMITTED,
}


def moved(state: AssignmentState, move: AssignmentMove) -> AssignmentState:
    """The state after the move. Raises MoveRefused where the table has none."""
    if (after := MOVES.get((state, move))) is None:
        raise MoveRefused(noun="assignment", state=state.value, move=move)
    return after
