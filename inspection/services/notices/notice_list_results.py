"""What the lists of notices show the staff."""

from datetime import datetime

import msgspec

from inspection.domain.listing import PAGE, ListAsked
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.points import Hundredths
from inspection.persistence.notices.notice_lists import NoticeCounts
from inspection.services.notices.notice_clocks import NoticeClock
from inspection.services.notices.notice_results import PdfState
from inspection.services.notices.notice_times import Timeliness
from inspection.services.people.places import RoundLabel, StoreLabel

_OVER = {NoticeState.CLOSED, NoticeState.VOID, NoticeState.SUPERSEDED}


class NoticesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which notices. Empty texts ask for all; `state` may also be `overdue`."""

    state: str = ""
    round: str = ""
    region_path: str = ""
    store_kind: str = ""
    q: str = ""
    sort: str = ""
    cursor: str = ""
    size: int = PAGE

    @property
    def list(self) -> ListAsked:
        """The part every list is asked. What is over has no deadline to go by: the latest first."""
        sort = self.sort or ("-issued" if self.state in _OVER else "")
        return ListAsked(q=self.q, sort=sort, cursor=self.cursor, size=self.size)


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in the staff's list. A draft has no number and no deadline yet. `answered`: its
    store has nothing to do before somebody looks at the replies. `urged` and `escalated` say what
    was done about it today.
    """

    id: str
    number: str | None
    state: NoticeState
    store: StoreLabel
    round: RoundLabel
    lines: int
    veto_lines: int
    lost: Hundredths
    clock: NoticeClock
    answered: bool
    urged: bool
    escalated: bool
    drafted_at: datetime
    issued_at: datetime | None
    pdf: PdfState


class NoticeList(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the staff's list: unless asked otherwise drafts first, then by deadline. `times`
    come with the first page of a list nobody searches.
    """

    rows: tuple[NoticeRow, ...]
    total: int
    sort: str
    next_cursor: str | None
    counts: NoticeCounts
    times: Timeliness | None
