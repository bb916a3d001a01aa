"""What may be changed about visits that were planned: who goes, until when, whether at all."""

import hashlib
from datetime import date

import msgspec

from inspection.domain.refusals import Fault
from inspection.domain.rounds.assignment import AssignmentState

CHANGEABLE = (AssignmentState.OPEN, AssignmentState.RETURNED)
"""States in which a visit is still to be made, or made again."""

MOST_AT_ONCE = 200


class Chosen(msgspec.Struct, frozen=True):
    """An assignment somebody ticked, and a token of how the page showed it."""

    id: str
    seen: str


def seen_token(state: str, inspector: str, window_to: date) -> str:
    """A short token of what a page shows of an assignment: another one means it changed."""
    text = f"{state}|{inspector}|{window_to.isoformat()}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_choice(text: str) -> Chosen:
    """`<id>.<token>` as a page sends it."""
    found, _, seen = text.rpartition(".")
    return Chosen(found, seen)


def choice(assignment: str, seen: str) -> str:
    """The same as a page writes it."""
    return f"{assignment}.{seen}"


def state_fault(state: str, store: str, seen: str, now_seen: str) -> Fault | None:
    """What keeps an assignment from being changed at all; `seen` is what the page showed."""
    if seen != now_seen:
        return Fault("/pick", "assignment.changed", store=store)
    if state not in CHANGEABLE:
        return Fault("/pick", "assignment.not_changeable", store=store)
    return None


def extension_fault(store: str, until: date, window_to: date, round_to: date) -> Fault | None:
    """What keeps a window from lasting until a day: it only grows, within the round."""
    if until <= window_to:
        return Fault("/until", "assignment.not_longer", store=store, until=window_to)
    if until > round_to:
        return Fault("/until", "assignment.beyond_round", last=round_to)
    return None
