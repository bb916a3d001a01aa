"""Asking for more time for a line: states, moves, and when nobody may ask."""

from datetime import datetime
from enum import StrEnum

import msgspec

from inspection.domain import moves
from inspection.domain.rectifications.rectification import OWED, LineState
from inspection.domain.refusals import Fault
from inspection.domain.refusals.rectification import ExtensionRefused

MOST_GRANTED = 2
"""A line gets more time at most this often."""

HOURS = (24, 48, 72, 168, 360)
"""How much more time may be asked for."""


class ExtensionState(StrEnum):
    """What has become of a request."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class ExtensionMove(StrEnum):
    """What is decided about it."""

    GRANT = "grant"
    REFUSE = "refuse"


MOVES = {
    (ExtensionState.ASKED, ExtensionMove.GRANT): ExtensionState.GRANTED,
    (ExtensionState.ASKED, ExtensionMove.REFUSE): ExtensionState.REFUSED,
}


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What of a line decides whether more time may be asked for."""

    state: LineState
    severity: str
    due_at: datetime
    earlier: tuple[ExtensionState, ...]


def move(state: ExtensionState, wanted: ExtensionMove) -> ExtensionState:
    """The state after the decision. Refuses a second one."""
    return moves.after(MOVES, "extension", state, wanted)


def refusal(asking: Asking, now: datetime) -> str:
    """Why no more time can be asked for now; empty when it can."""
    if asking.severity == "veto":
        return "veto"
    if asking.state not in OWED:
        return "not_owed"
    if ExtensionState.ASKED in asking.earlier:
        return "waiting"
    if asking.earlier.count(ExtensionState.GRANTED) >= MOST_GRANTED:
        return "too_often"
    return "too_late" if asking.due_at < now else ""


def check(asking: Asking, now: datetime) -> None:
    """Raises ExtensionRefused naming the reason."""
    if why := refusal(asking, now):
        raise ExtensionRefused(faults=(Fault("", f"extension.why.{why}"),))
