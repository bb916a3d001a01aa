"""What became of telling somebody on one way."""

from datetime import timedelta
from enum import StrEnum

import msgspec

from inspection.domain import moves
from inspection.domain.messages.message import Channel


class DeliveryState(StrEnum):
    """Where a delivery is. Dropped: by the time there was nobody left to tell on that way."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class DeliveryMove(StrEnum):
    """What happens to a delivery."""

    SEND = "send"
    POSTPONE = "postpone"
    FAIL = "fail"
    DROP = "drop"
    RETRY = "retry"


MOVES = {
    (DeliveryState.WAITING, DeliveryMove.SEND): DeliveryState.SENT,
    (DeliveryState.WAITING, DeliveryMove.POSTPONE): DeliveryState.WAITING,
    (DeliveryState.WAITING, DeliveryMove.FAIL): DeliveryState.FAILED,
    (DeliveryState.WAITING, DeliveryMove.DROP): DeliveryState.DROPPED,
    (DeliveryState.FAILED, DeliveryMove.RETRY): DeliveryState.WAITING,
}


class Outcome(StrEnum):
    """What an attempt met: taken, not now, never, or nobody there any more."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    GONE = "gone"


class Sent(msgspec.Struct, frozen=True):
    """What an attempt met; the code says more, and never what was said or to whom."""

    outcome: Outcome
    code: str = ""


BACK_OFF = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
"""How long a delivery rests after each attempt that met "not now"; the one after the last fails."""

SEND_KINDS = {channel: f"message.{channel.value}" for channel in Channel}
"""The kind of job that sends on each way."""


def move(state: DeliveryState, wanted: DeliveryMove) -> DeliveryState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "delivery", state, wanted)


def move_after(outcome: Outcome, tries: int) -> DeliveryMove:
    """What an attempt's outcome does; `tries` counts that attempt."""
    if outcome is Outcome.LATER:
        return DeliveryMove.POSTPONE if tries <= len(BACK_OFF) else DeliveryMove.FAIL
    ends = {
        Outcome.TAKEN: DeliveryMove.SEND,
        Outcome.REFUSED: DeliveryMove.FAIL,
        Outcome.GONE: DeliveryMove.DROP,
    }
    return ends[outcome]
