"""What is still open in a round that is to be locked, and what it takes to lock it all the same."""

import msgspec

from inspection.domain.plain_text import plain
from inspection.domain.refusals.rounds import RoundStillOpen
from inspection.domain.rounds.round_decision import MOST_REASON


class OpenMatters(msgspec.Struct, frozen=True, kw_only=True):
    """Visits not decided, approved visits not released, and appeals not decided: a lock leaves
    them as they are, and none of them moves a place any more.
    """

    reviews: int = 0
    releases: int = 0
    appeals: int = 0

    @property
    def any(self) -> bool:
        """Whether something is open."""
        return bool(self.reviews or self.releases or self.appeals)


def lock_reason(open: OpenMatters, text: str) -> str:
    """Why it is locked, as it is kept; nothing need be said when nothing is open. Raises
    RoundStillOpen with what is.
    """
    reason = plain(text, "reason", MOST_REASON)
    if open.any and not reason:
        raise RoundStillOpen(**msgspec.structs.asdict(open))
    return reason
