"""Looking at the store again: an inspector goes there for the failed lines of a notice only. It
settles lines; no score and no place in a ranking ever follows from it.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

import msgspec

from inspection.domain import moves
from inspection.domain.refusals import Fault
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import Verdict

LONGEST_WINDOW = timedelta(days=60)

Finding = Literal["passed", "failed", "undecided"]
"""What a look at the store says of a line: nothing where an item could not be judged."""


class ReinspectionState(StrEnum):
    """Where it is. Submitted, it waits for the desk: what a store reads was approved there."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class ReinspectionMove(StrEnum):
    """What the inspector does to it, and what the desk does. Reinstated is one that was called off
    while somebody was there already, once an administrator accepts what was found.
    """

    SUBMIT = "submit"
    SETTLE = "settle"
    CANCEL = "cancel"
    REINSTATE = "reinstate"


_S, _M = ReinspectionState, ReinspectionMove

MOVES = {
    (_S.OPEN, _M.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _M.SETTLE): _S.SETTLED,
    (_S.OPEN, _M.CANCEL): _S.CANCELLED,
    (_S.SUBMITTED, _M.CANCEL): _S.CANCELLED,
    (_S.CANCELLED, _M.REINSTATE): _S.SUBMITTED,
}

WAITING = (_S.OPEN, _S.SUBMITTED)
"""Nobody else is sent for the same line meanwhile."""

OVERTAKEN = {_S.OPEN: _M.CANCEL, _S.SUBMITTED: _M.SETTLE}
"""What becomes of one that has nothing left to ask: whoever was to go stays away, and what was
sent is closed without a verdict of its own.
"""


def move(state: ReinspectionState, wanted: ReinspectionMove) -> ReinspectionState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "reinspection", state, wanted)


def allowed(state: ReinspectionState, wanted: ReinspectionMove) -> bool:
    """Whether the move is in the table; screens ask before they offer a button."""
    return (state, wanted) in MOVES


def part_of(rubric: Rubric, items: Collection[str]) -> Rubric:
    """The rubric with these items alone."""
    sections = (
        msgspec.structs.replace(
            section, items=tuple(item for item in section.items if item.code in items)
        )
        for section in rubric.sections
    )
    return msgspec.structs.replace(
        rubric, sections=tuple(section for section in sections if section.items), bonuses=()
    )


def answered(sent_at: datetime | None, looked_at: Iterable[datetime]) -> bool:
    """Whether what came of a look at this time was answered already, by a verdict that followed
    from another look at the same line. Whoever is still to go sees it later than any of them.
    """
    return sent_at is not None and any(at > sent_at for at in looked_at)


def finding(verdicts: Iterable[Verdict | None]) -> Finding:
    """What the verdicts on a line's items come to: one loss fails it, all passes pass it."""
    said = tuple(verdicts)
    if "loss" in said:
        return "failed"
    return "passed" if said and all(each == "pass" for each in said) else "undecided"


def window_faults(first: date, last: date, today: date) -> tuple[Fault, ...]:
    """Why nobody can be sent within these days."""
    if last < max(first, today):
        return (Fault("/window_to", "reinspection.window_over"),)
    if last - first > LONGEST_WINDOW:
        return (Fault("/window_to", "reinspection.window_long", most=LONGEST_WINDOW.days),)
    return ()
