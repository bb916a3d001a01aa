"""Where a line of an issued notice is on its way to being settled, and who may move it on.

`disputed`, `extended` and `overdue` are no states: they follow from an appeal, a granted extension
and the clock, and are reckoned when somebody asks.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from inspection.domain import moves


class LineState(StrEnum):
    """What has become of a problem since the notice was issued."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"


class LineMove(StrEnum):
    """What people do to a line. A recheck is a look at the store itself; reopened is what did not
    last, as the store said when it was called. No move takes a line off its notice: what should
    not be on it any more is left out of the notice that amends it.
    """

    REPLY = "reply"
    ACCEPT = "accept"
    RETURN = "return"
    RECHECK_PASS = "recheck_pass"  # noqa: S105 - a move, no password
    RECHECK_FAIL = "recheck_fail"
    REOPEN = "reopen"


MOVES = {
    (LineState.OPEN, LineMove.REPLY): LineState.SUBMITTED,
    (LineState.RETURNED, LineMove.REPLY): LineState.SUBMITTED,
    (LineState.SUBMITTED, LineMove.ACCEPT): LineState.VERIFIED,
    (LineState.SUBMITTED, LineMove.RETURN): LineState.RETURNED,
    (LineState.RETURNED, LineMove.RECHECK_PASS): LineState.VERIFIED,
    (LineState.RETURNED, LineMove.RECHECK_FAIL): LineState.RETURNED,
    (LineState.VERIFIED, LineMove.REOPEN): LineState.RETURNED,
}

OWED = frozenset({LineState.OPEN, LineState.RETURNED})
"""The store is to act: its clock runs."""

SETTLED = frozenset({LineState.VERIFIED})
"""Nobody has anything to do, as long as it lasts."""


class Progress(StrEnum):
    """How far a notice is, from its lines: nothing stores it."""

    RESPONDING = "responding"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"


def move(state: LineState, wanted: LineMove) -> LineState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "line", state, wanted)


def allowed(state: LineState, wanted: LineMove) -> bool:
    """Whether the move is in the table; screens ask before they offer a button."""
    return (state, wanted) in MOVES


def progress(states: Collection[LineState]) -> Progress:
    """What a notice with lines in these states waits for, the most urgent first."""
    if LineState.RETURNED in states:
        return Progress.RETURNED
    if LineState.OPEN in states:
        return Progress.RESPONDING
    if LineState.SUBMITTED in states:
        return Progress.SUBMITTED
    return Progress.VERIFIED


def settled(states: Collection[LineState]) -> bool:
    """Whether every line is settled: the notice closes then."""
    return all(state in SETTLED for state in states)


def overdue(state: LineState, due_at: datetime, now: datetime, *, paused: bool = False) -> bool:
    """Whether the store is late: it is to act, the hour is past, and no appeal stops the clock."""
    return state in OWED and not paused and due_at < now
