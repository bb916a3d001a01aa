"""The call a day after a line was verified: whether it is still mended, and the store content."""

from datetime import datetime, timedelta
from enum import StrEnum

from inspection.domain import moves

AFTER = timedelta(hours=24)
"""How long after verification the call is due."""


class CallState(StrEnum):
    """What came of the call. Nobody reached is no end: somebody calls again."""

    DUE = "due"
    NOT_REACHED = "not_reached"
    DONE = "done"
    DISSATISFIED = "dissatisfied"


class CallMove(StrEnum):
    """What the caller notes; once the line was settled anew, it is time to call again."""

    NOT_REACHED = "not_reached"
    DONE = "done"
    DISSATISFIED = "dissatisfied"
    AGAIN = "again"


WAITING = (CallState.DUE, CallState.NOT_REACHED)
"""Somebody still has to call."""

OUTCOMES = (CallMove.NOT_REACHED, CallMove.DONE, CallMove.DISSATISFIED)

MOVES = {
    **{(before, came): CallState(came.value) for before in WAITING for came in OUTCOMES},
    (CallState.DISSATISFIED, CallMove.AGAIN): CallState.DUE,
}


def due_at(verified_at: datetime) -> datetime:
    """When the call is due."""
    return verified_at + AFTER


def move(state: CallState, wanted: CallMove) -> CallState:
    """The state after the call. Refuses another outcome of a call that is over."""
    return moves.after(MOVES, "follow_up", state, wanted)
