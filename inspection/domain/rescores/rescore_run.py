"""A re-score from the first question to the last card: its states, its reason, its deadline, and
the places a round's stores would have.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from inspection.domain import moves
from inspection.domain.plain_text import plain
from inspection.domain.rankings.ranking import places
from inspection.domain.rankings.standing import PublishedResult, figures
from inspection.domain.refusals import RescoreReasonMissing

LONGEST_REASON = 500
KEPT_FRESH = timedelta(days=7)
"""How long a dry run may be confirmed: what nobody decided in a week is looked at anew."""


class RescoreState(StrEnum):
    """Where a re-score is. `trying` is the dry run, `ready` waits for a decision, `stopped` ended
    because the round was locked meanwhile.
    """

    TRYING = "trying"
    READY = "ready"
    CONFIRMED = "confirmed"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


RescoreMove = Literal["show", "confirm", "write", "finish", "stop", "cancel"]

MOVES: dict[tuple[RescoreState, RescoreMove], RescoreState] = {
    (RescoreState.TRYING, "show"): RescoreState.READY,
    (RescoreState.TRYING, "stop"): RescoreState.STOPPED,
    (RescoreState.TRYING, "cancel"): RescoreState.CANCELLED,
    (RescoreState.READY, "confirm"): RescoreState.CONFIRMED,
    (RescoreState.READY, "cancel"): RescoreState.CANCELLED,
    (RescoreState.CONFIRMED, "write"): RescoreState.WRITING,
    (RescoreState.CONFIRMED, "stop"): RescoreState.STOPPED,
    (RescoreState.CONFIRMED, "cancel"): RescoreState.CANCELLED,
    (RescoreState.WRITING, "finish"): RescoreState.DONE,
    (RescoreState.WRITING, "stop"): RescoreState.STOPPED,
}

AT_WORK = frozenset({RescoreState.TRYING, RescoreState.CONFIRMED, RescoreState.WRITING})
"""States in which a job is at it, or should be."""


class Fate(StrEnum):
    """What became of a card: it waits, got a revision, stays because it cannot be judged, stays
    because its visit was returned or judged otherwise meanwhile, or because the round was locked.
    """

    WAITING = "waiting"
    WRITTEN = "written"
    STUCK = "stuck"
    GONE = "gone"
    LOCKED = "locked"


def moved(state: RescoreState, move: RescoreMove) -> RescoreState:
    """The state after the move. Raises MoveRefused where the table has none."""
    return moves.after(MOVES, "rescore", state, move)


def can(state: RescoreState, move: RescoreMove) -> bool:
    """Whether the table has the move."""
    return (state, move) in MOVES


def checked_reason(reason: str) -> str:
    """The reason as it is kept. Raises RescoreReasonMissing when nothing is said."""
    if not (said := plain(reason, "reason", LONGEST_REASON)):
        raise RescoreReasonMissing
    return said


def too_old(shown_at: datetime, now: datetime) -> bool:
    """Whether a dry run may no longer be confirmed."""
    return now - shown_at > KEPT_FRESH


def places_of(
    published: Mapping[str, Iterable[PublishedResult]], min_visits: int, *, pilot: bool = False
) -> dict[str, int]:
    """The place of every store that has one, from its published visits alone."""
    keys = {
        store: figures(tuple(results), min_visits, pilot=pilot).rank_key
        for store, results in published.items()
    }
    ranked = {store: key for store, key in keys.items() if key is not None}
    place = places(ranked.values())
    return {store: place[key] for store, key in ranked.items()}
