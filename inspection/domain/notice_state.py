"""Where a notice is on its way to the store, and who may move it on."""

from enum import StrEnum

from inspection.domain.refusals import MoveRefused


class NoticeState(StrEnum):
    """A number exists from `issued` on; nothing issued is ever deleted."""

    DRAFT = "draft"
    ISSUED = "issued"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"


class NoticeMove(StrEnum):
    """What people do to a notice."""

    EDIT = "edit"
    SIGN = "sign"
    OPEN = "open"
    ACKNOWLEDGE = "acknowledge"


MOVES = {
    (NoticeState.DRAFT, NoticeMove.EDIT): NoticeState.DRAFT,
    (NoticeState.DRAFT, NoticeMove.SIGN): NoticeState.ISSUED,
    (NoticeState.ISSUED, NoticeMove.OPEN): NoticeState.DELIVERED,
    (NoticeState.ISSUED, NoticeMove.ACKNOWLEDGE): NoticeState.ACKNOWLEDGED,
    (NoticeState.DELIVERED, NoticeMove.ACKNOWLEDGE): NoticeState.ACKNOWLEDGED,
}

OPEN_STATES = (NoticeState.ISSUED, NoticeState.DELIVERED, NoticeState.ACKNOWLEDGED)
"""The store still owes something."""

STORE_SEES = frozenset(OPEN_STATES)
"""A draft does not exist for the store."""


def move(state: NoticeState, wanted: NoticeMove) -> NoticeState:
    """The state after the move. Refuses a move the table does not have."""
    after = MOVES.get((state, wanted))
    if after is None:
        raise MoveRefused(noun="notice", state=state.value, move=wanted.value)
    return after


def allowed(state: NoticeState, wanted: NoticeMove) -> bool:
    """Whether the move is in the table; screens ask before they offer a button."""
    return (state, wanted) in MOVES
