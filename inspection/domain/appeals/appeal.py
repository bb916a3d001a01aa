"""An appeal against one loss of a visit: its states and moves, grounds, deadlines, who may decide.

That a deadline has passed is never stored: it follows from the times an appeal carries.
"""

from collections.abc import Set
from datetime import datetime, timedelta
from enum import StrEnum

from inspection.domain import moves
from inspection.domain.access import AccountId
from inspection.domain.deadline import SHANGHAI
from inspection.domain.plain_text import plain
from inspection.domain.refusals.appeals import (
    AppealNotDelivered,
    AppealOpinionAwaited,
    AppealOwnWork,
    AppealReasonMissing,
    AppealTextMissing,
    AppealWindowClosed,
)
from inspection.domain.working_time import WorkCalendar, add_working_days

TEXT = 500
"""Longest statement, answer, opinion or reason, in characters."""

OPINION_TERM = timedelta(hours=24)
"""What the region has for its opinion."""

DECISION_TERM = timedelta(hours=48)
"""What whoever decides has after that."""


class AppealState(StrEnum):
    """Where an appeal is. Advised: the region has given its opinion."""

    FILED = "filed"
    ADVISED = "advised"
    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class AppealMove(StrEnum):
    """What people do to an appeal; the three ways to decide are three moves."""

    ADVISE = "advise"
    UPHOLD = "uphold"
    GRANT_PART = "grant_part"
    REJECT = "reject"
    WITHDRAW = "withdraw"


MOVES = {
    (AppealState.FILED, AppealMove.ADVISE): AppealState.ADVISED,
    (AppealState.FILED, AppealMove.UPHOLD): AppealState.UPHELD,
    (AppealState.FILED, AppealMove.GRANT_PART): AppealState.PARTLY,
    (AppealState.FILED, AppealMove.REJECT): AppealState.REJECTED,
    (AppealState.FILED, AppealMove.WITHDRAW): AppealState.WITHDRAWN,
    (AppealState.ADVISED, AppealMove.UPHOLD): AppealState.UPHELD,
    (AppealState.ADVISED, AppealMove.GRANT_PART): AppealState.PARTLY,
    (AppealState.ADVISED, AppealMove.REJECT): AppealState.REJECTED,
    (AppealState.ADVISED, AppealMove.WITHDRAW): AppealState.WITHDRAWN,
}
"""Without an opinion it is decided only when the region has let its time pass."""

OPEN_STATES = (AppealState.FILED, AppealState.ADVISED)
"""Somebody still owes an answer."""

DECIDED_STATES = (AppealState.UPHELD, AppealState.PARTLY, AppealState.REJECTED)
"""The store has its answer, and there is no second one about the same loss."""


class Ground(StrEnum):
    """Why a store thinks a loss is wrong."""

    FACTS = "facts"
    STANDARD = "standard"
    FORCE_MAJEURE = "force_majeure"
    COUNTED_TWICE = "counted_twice"


class Advice(StrEnum):
    """What a region recommends."""

    UPHOLD = "uphold"
    GRANT_PART = "grant_part"
    REJECT = "reject"


class Voice(StrEnum):
    """Who speaks in a thread. To the store all but its own are one: whoever inspects."""

    STORE = "store"
    INSPECTOR = "inspector"
    REGION = "region"
    REVIEWER = "reviewer"


def move(state: AppealState, wanted: AppealMove) -> AppealState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "appeal", state, wanted)


def allowed(state: AppealState, wanted: AppealMove) -> bool:
    """Whether the move is in the table; screens ask before they offer a button."""
    return (state, wanted) in MOVES


def closes_at(delivered_at: datetime, days: int, calendar: WorkCalendar) -> datetime:
    """The last moment at which a loss told then may be appealed against."""
    return add_working_days(delivered_at, days, calendar)


def check_window(delivered_at: datetime | None, closes: datetime | None, now: datetime) -> None:
    """Raises AppealNotDelivered before the window begins, AppealWindowClosed after its end."""
    if delivered_at is None or closes is None:
        raise AppealNotDelivered
    if now > closes:
        raise AppealWindowClosed(closed=_clock(closes))


def opinion_due(filed_at: datetime) -> datetime:
    """When the region must have given its opinion."""
    return filed_at + OPINION_TERM


def decision_due(from_at: datetime) -> datetime:
    """When it must be decided; counted from the opinion, or from when that was due."""
    return from_at + DECISION_TERM


def check_decidable(state: AppealState, opinion_due_at: datetime, now: datetime) -> None:
    """Raises AppealOpinionAwaited while the region still has time and has not spoken."""
    if state is AppealState.FILED and now < opinion_due_at:
        raise AppealOpinionAwaited(due=_clock(opinion_due_at))


def check_independent(decider: AccountId, involved: Set[str]) -> None:
    """Raises AppealOwnWork for whoever had a part in what is appealed against."""
    if decider in involved:
        raise AppealOwnWork


def statement(text: str) -> str:
    """What somebody says, as it is kept. Raises AppealTextMissing and as `plain` refuses."""
    said = plain(text, "text", TEXT)
    if not said:
        raise AppealTextMissing
    return said


def reason(text: str) -> str:
    """Why it was decided so, as it is kept. Raises AppealReasonMissing, as `plain`."""
    said = plain(text, "reason", TEXT)
    if not said:
        raise AppealReasonMissing
    return said


def claim(visit: str, item: str) -> str:
    """What only one appeal at a time may be about, and none after a decision."""
    return f"{visit} {item}"


def freezes(severity: str, item_severity: str) -> bool:
    """Whether an appeal stops the clock of its line: never where people are in danger or a veto
    stands.
    """
    return "veto" not in (severity, item_severity)


def _clock(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
