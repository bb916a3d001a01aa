"""Where a notice is on its way to the store, and who may move it on."""

from enum import StrEnum

from inspection.domain import moves


class NoticeState(StrEnum):
    """A number exists from `issued` on; nothing issued is ever deleted. How far its lines are is
    told by the lines.
    """

    DRAFT = "draft"
    PENDING_SIGNOFF = "pending_signoff"
    ISSUED = "issued"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    VOID = "void"
    SUPERSEDED = "superseded"


class NoticeMove(StrEnum):
    """What people do to a notice, and what time does."""

    EDIT = "edit"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    SIGN = "sign"
    OPEN = "open"
    ACKNOWLEDGE = "acknowledge"
    REFUSE = "refuse"
    DEEM = "deem"
    CLOSE = "close"
    REOPEN = "reopen"
    VOID = "void"
    SUPERSEDE = "supersede"


_S, _M = NoticeState, NoticeMove

OPEN_STATES = (_S.ISSUED, _S.DELIVERED, _S.ACKNOWLEDGED)
"""The store still owes something."""

COUNTS_NO_MORE = (_S.VOID, _S.SUPERSEDED)
"""Nothing is owed under it: another stands in for it, or none."""

_SERVED = {
    (state, how): _S.ACKNOWLEDGED
    for state in (_S.ISSUED, _S.DELIVERED)
    for how in (_M.ACKNOWLEDGE, _M.REFUSE, _M.DEEM)
}
"""Signed for, refused before a witness or left lying: each way the store is held to it."""

_ENDED = {
    **{(state, _M.CLOSE): _S.CLOSED for state in OPEN_STATES},
    (_S.CLOSED, _M.REOPEN): _S.ACKNOWLEDGED,
    **{(state, _M.VOID): _S.VOID for state in (*OPEN_STATES, _S.CLOSED)},
    **{(state, _M.SUPERSEDE): _S.SUPERSEDED for state in (*OPEN_STATES, _S.CLOSED)},
}

MOVES = {
    (_S.DRAFT, _M.EDIT): _S.DRAFT,
    (_S.DRAFT, _M.SUBMIT): _S.PENDING_SIGNOFF,
    (_S.PENDING_SIGNOFF, _M.SEND_BACK): _S.DRAFT,
    (_S.PENDING_SIGNOFF, _M.SIGN): _S.ISSUED,
    (_S.ISSUED, _M.OPEN): _S.DELIVERED,
    **_SERVED,
    **_ENDED,
}

UNISSUED = (_S.DRAFT, _S.PENDING_SIGNOFF)
"""No number yet: it may still follow the card, and for the store it does not exist."""

STORE_SEES = frozenset(NoticeState) - frozenset(UNISSUED)
"""What was ever issued stays readable, also what was voided or replaced."""


class Receipt(StrEnum):
    """How a notice counts as received."""

    SIGNED = "signed"
    REFUSED = "refused"
    DEEMED = "deemed"


def move(state: NoticeState, wanted: NoticeMove) -> NoticeState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "notice", state, wanted)


def allowed(state: NoticeState, wanted: NoticeMove) -> bool:
    """Whether the move is in the table; screens ask before they offer a button."""
    return (state, wanted) in MOVES
