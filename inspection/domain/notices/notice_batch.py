"""Many notices handled by one job: signed, urged, or put into one archive."""

from enum import StrEnum

from inspection.domain import moves
from inspection.domain.refusals import Refusal, Why

MOST = 200
"""Notices of one batch: a page of the list."""


class BatchKind(StrEnum):
    """What is done with them."""

    SIGN = "sign"
    URGE = "urge"
    ESCALATE = "escalate"
    ARCHIVE = "archive"


class BatchState(StrEnum):
    """Where a batch is."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class BatchMove(StrEnum):
    """What ends a batch."""

    FINISH = "finish"
    CANCEL = "cancel"


MOVES = {
    (BatchState.RUNNING, BatchMove.FINISH): BatchState.DONE,
    (BatchState.RUNNING, BatchMove.CANCEL): BatchState.CANCELLED,
}


class RowState(StrEnum):
    """What became of one notice of a batch."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class BatchEmpty(Refusal):
    """None was chosen, or more than `most`."""

    code = "notice_batch.empty"
    why = Why.INVALID


def move(state: BatchState, wanted: BatchMove) -> BatchState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "batch", state, wanted)
