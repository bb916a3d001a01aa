"""What a second person says about a round that was submitted."""

from collections.abc import Collection
from enum import StrEnum

from inspection.domain.access import AccountId
from inspection.domain.plain_text import plain
from inspection.domain.refusals import RoundOwn, RoundReasonMissing
from inspection.domain.rounds.round import RoundMove

MOST_REASON = 500


class RoundVerdict(StrEnum):
    """Approved, or vetoed with a reason."""

    APPROVED = "approved"
    VETOED = "vetoed"


VERDICT_MOVE = {
    RoundVerdict.APPROVED: RoundMove.APPROVE,
    RoundVerdict.VETOED: RoundMove.VETO,
}


def check_second_person(account: AccountId, authors: Collection[str]) -> None:
    """Raises RoundOwn for anybody who had a hand in the draft."""
    if account in authors:
        raise RoundOwn


def given_reason(text: str) -> str:
    """The reason as it is kept. Raises RoundReasonMissing when nothing is said."""
    if not (reason := plain(text, "reason", MOST_REASON)):
        raise RoundReasonMissing
    return reason


def verdict_reason(verdict: RoundVerdict, text: str) -> str:
    """A veto needs its reason; an approval may have a remark."""
    if verdict is RoundVerdict.VETOED:
        return given_reason(text)
    return plain(text, "reason", MOST_REASON)
