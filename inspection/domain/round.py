"""One wave of visits: open while visits count, locked once its ranking is final."""

from enum import StrEnum

import msgspec

from inspection.domain.refusals import MoveRefused
from inspection.domain.rubric import Text


class RoundState(StrEnum):
    """A locked round keeps its published results as they are."""

    OPEN = "open"
    LOCKED = "locked"


class RoundMove(StrEnum):
    """What an administrator may do with a round."""

    LOCK = "lock"
    UNLOCK = "unlock"


MOVES = {
    (RoundState.OPEN, RoundMove.LOCK): RoundState.LOCKED,
    (RoundState.LOCKED, RoundMove.UNLOCK): RoundState.OPEN,
}

SOUND_SAMPLE = 3
"""Below this many visits a store's mean swings too much for a ranking with consequences."""


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round with its ranking rules. `previous` is the round it is compared with."""

    id: str
    code: str
    name: Text
    visit_kind: str
    state: RoundState
    min_visits: int
    disclose_day: bool
    previous: str | None


def move(state: RoundState, wanted: RoundMove) -> RoundState:
    """The state after the move. Refuses a move the table does not have."""
    after = MOVES.get((state, wanted))
    if after is None:
        raise MoveRefused(noun="round", state=state.value, move=wanted.value)
    return after


def thin_sample(min_visits: int) -> bool:
    """Whether the ranking must carry the warning about too few visits."""
    return min_visits < SOUND_SAMPLE
