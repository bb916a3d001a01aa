"""An assignment: one visit to be made, its states and allowed moves."""

from enum import StrEnum
from typing import Literal

from inspection.domain import moves


class AssignmentState(StrEnum):
    """Where an assignment is. Returned means open again, with the reviewer's reason."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    CANCELLED = "cancelled"


AssignmentMove = Literal["submit", "return", "finish", "cancel", "reinstate", "reopen"]

MOVES: dict[tuple[AssignmentState, AssignmentMove], AssignmentState] = {
    (AssignmentState.OPEN, "submit"): AssignmentState.SUBMITTED,
    (AssignmentState.RETURNED, "submit"): AssignmentState.SUBMITTED,
    (AssignmentState.SUBMITTED, "return"): AssignmentState.RETURNED,
    (AssignmentState.SUBMITTED, "finish"): AssignmentState.DONE,
    (AssignmentState.OPEN, "cancel"): AssignmentState.CANCELLED,
    (AssignmentState.RETURNED, "cancel"): AssignmentState.CANCELLED,
    (AssignmentState.CANCELLED, "reinstate"): AssignmentState.SUBMITTED,
    (AssignmentState.RETURNED, "reopen"): AssignmentState.SUBMITTED,
    (AssignmentState.DONE, "reopen"): AssignmentState.SUBMITTED,
}


def moved(state: AssignmentState, move: AssignmentMove) -> AssignmentState:
    """The state after the move. Raises MoveRefused where the table has none."""
    return moves.after(MOVES, "assignment", state, move)
