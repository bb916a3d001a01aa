"""One wave of visits: drafted, approved by a second person, open while visits count, locked once
its ranking is final.
"""

from enum import StrEnum

import msgspec

from inspection.domain import moves
from inspection.domain.points import Hundredths
from inspection.domain.rubrics.rubric import Text


class RoundState(StrEnum):
    """Nobody visits for a draft or a submitted round; a locked one keeps its published results; a
    discarded draft is out of the way and can be taken up again.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPEN = "open"
    LOCKED = "locked"
    DISCARDED = "discarded"


BEGUN = (RoundState.OPEN, RoundState.LOCKED)
"""States of rounds that can have results. The others exist for those who plan and nobody else."""


class RoundMove(StrEnum):
    """What may be done with a round. Approving and vetoing take a second person."""

    EDIT = "edit"
    SUBMIT = "submit"
    RECALL = "recall"
    APPROVE = "approve"
    VETO = "veto"
    AMEND = "amend"
    LOCK = "lock"
    UNLOCK = "unlock"
    DISCARD = "discard"
    RESTORE = "restore"


MOVES = {
    (RoundState.DRAFT, RoundMove.EDIT): RoundState.DRAFT,
    (RoundState.DRAFT, RoundMove.SUBMIT): RoundState.SUBMITTED,
    (RoundState.SUBMITTED, RoundMove.RECALL): RoundState.DRAFT,
    (RoundState.SUBMITTED, RoundMove.VETO): RoundState.DRAFT,
    (RoundState.SUBMITTED, RoundMove.APPROVE): RoundState.OPEN,
    (RoundState.OPEN, RoundMove.AMEND): RoundState.OPEN,
    (RoundState.OPEN, RoundMove.LOCK): RoundState.LOCKED,
    (RoundState.LOCKED, RoundMove.UNLOCK): RoundState.OPEN,
    (RoundState.DRAFT, RoundMove.DISCARD): RoundState.DISCARDED,
    (RoundState.DISCARDED, RoundMove.RESTORE): RoundState.DRAFT,
}

SOUND_SAMPLE = 3
"""Below this many visits a store's mean swings too much for a ranking with consequences."""


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round with its ranking rules. `previous` is the round it is compared with; a pilot is
    scored and never ranked; `pass_line` None leaves the house's line.
    """

    id: str
    code: str
    name: Text
    visit_kind: str
    state: RoundState
    min_visits: int
    disclose_day: bool
    previous: str | None
    pilot: bool = False
    pass_line: Hundredths | None = None
    region_path: str = ""


def move(state: RoundState, wanted: RoundMove) -> RoundState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "round", state, wanted)


def moves_of(state: RoundState) -> frozenset[RoundMove]:
    """What may be done with a round in this state."""
    return frozenset(wanted for at, wanted in MOVES if at is state)


def thin_sample(min_visits: int) -> bool:
    """Whether the ranking must carry the warning about too few visits."""
    return min_visits < SOUND_SAMPLE
