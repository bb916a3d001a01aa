"""Where a draft of a rubric is on its way to becoming a version, and who may move it on."""

from enum import StrEnum

from inspection.domain import moves


class DraftState(StrEnum):
    """A version exists from `published` on. A vetoed draft is edited on, the reason beside it."""

    EDITING = "editing"
    SUBMITTED = "submitted"
    VETOED = "vetoed"
    APPROVED = "approved"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class DraftMove(StrEnum):
    """What people do to a draft. `recall` takes back a submission, or an approval not yet used."""

    EDIT = "edit"
    SUBMIT = "submit"
    RECALL = "recall"
    APPROVE = "approve"
    VETO = "veto"
    PUBLISH = "publish"
    DISCARD = "discard"


MOVES = {
    (DraftState.EDITING, DraftMove.EDIT): DraftState.EDITING,
    (DraftState.EDITING, DraftMove.SUBMIT): DraftState.SUBMITTED,
    (DraftState.EDITING, DraftMove.DISCARD): DraftState.DISCARDED,
    (DraftState.SUBMITTED, DraftMove.RECALL): DraftState.EDITING,
    (DraftState.SUBMITTED, DraftMove.APPROVE): DraftState.APPROVED,
    (DraftState.SUBMITTED, DraftMove.VETO): DraftState.VETOED,
    (DraftState.VETOED, DraftMove.EDIT): DraftState.VETOED,
    (DraftState.VETOED, DraftMove.SUBMIT): DraftState.SUBMITTED,
    (DraftState.VETOED, DraftMove.DISCARD): DraftState.DISCARDED,
    (DraftState.APPROVED, DraftMove.RECALL): DraftState.EDITING,
    (DraftState.APPROVED, DraftMove.PUBLISH): DraftState.PUBLISHED,
}

LIVE = (DraftState.EDITING, DraftState.SUBMITTED, DraftState.VETOED, DraftState.APPROVED)
"""Something is still to be done with it."""

MOST_REASON = 500


def move(state: DraftState, wanted: DraftMove) -> DraftState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "rubric_draft", state, wanted)


def allowed(state: DraftState, wanted: DraftMove) -> bool:
    """Whether the move is in the table; screens ask before they offer a button."""
    return (state, wanted) in MOVES
