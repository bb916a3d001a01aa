"""Notices and their lines for other programs: what the desk's lists show, field by field."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from litestar import Response, get
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.listing import ListAsked
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.people.api_token import TokenScope
from inspection.domain.points import Hundredths
from inspection.domain.rectifications.rectification import LineState
from inspection.domain.rubrics.rubric import Text
from inspection.services.notices.notice_exports import notice_export
from inspection.services.notices.notice_list import staff_notice_list
from inspection.services.notices.notice_list_results import NoticeRow, NoticesAsked
from inspection.services.people.places import RoundLabel, StoreLabel
from inspection.services.rectifications.rectification_lists import (
    LinesAsked,
    ListedLine,
    line_export,
    line_list,
)
from inspection.web.api.tagged import tagged
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import FormatQuery, export_file

NOTICES = frozenset({TokenScope.NOTICES})
LINES = frozenset({TokenScope.LINES})

Code = Annotated[str, Meta(max_length=80)]
State = Literal["", "overdue", "draft", "pending_signoff", "issued", "delivered", "acknowledged",
                "closed", "void", "superseded"]  # fmt: skip
Tab = Literal["", "submitted", "overdue", "asking", "returned", "open", "verified"]


class PagedQuery(FormatQuery, frozen=True):
    """Words to look for, the order, from where on; which round and region by its path."""

    q: Annotated[str, Meta(max_length=100)] = ""
    sort: Annotated[str, Meta(max_length=40)] = ""
    cursor: Annotated[str, Meta(max_length=400)] = ""
    round: Code = ""
    region: Code = ""


class NoticesQuery(PagedQuery, frozen=True):
    """The same with the state and the kind of store; without a round the latest."""

    state: State = ""
    kind: Annotated[str, Meta(max_length=40)] = ""

    def asked(self) -> NoticesAsked:
        """The same as the service is asked."""
        return NoticesAsked(
            state=self.state,
            round=self.round,
            region_path=self.region,
            store_kind=self.kind,
            q=self.q.strip(),
            sort=self.sort,
            cursor=self.cursor,
        )


class LinesQuery(PagedQuery, frozen=True):
    """The same with what the lines wait for, and the item."""

    tab: Tab = ""
    item: Annotated[str, Meta(max_length=40)] = ""

    def asked(self) -> LinesAsked:
        """The same as the service is asked."""
        return LinesAsked(
            asked=ListAsked(q=self.q.strip(), sort=self.sort, cursor=self.cursor),
            tab=self.tab,
            region=self.region,
            item=self.item,
            round=self.round,
        )


class NoticeOut(msgspec.Struct, frozen=True, kw_only=True):
    """A notice. A draft has no number; `answered`: its store has nothing to do before somebody
    looks at the replies. `due_at` is the nearest deadline of what runs: none in a draft, where
    nothing is owed and where it is all `paused` by appeals.
    """

    id: str
    number: str | None
    state: NoticeState
    store: StoreLabel
    round: RoundLabel
    lines: int
    veto_lines: int
    lost: Hundredths
    due_at: datetime | None
    paused: bool
    answered: bool
    overdue: bool
    drafted_at: datetime
    issued_at: datetime | None


class NoticesOut(msgspec.Struct, frozen=True, kw_only=True):
    """A page of notices."""

    notices: tuple[NoticeOut, ...]
    total: int
    next_cursor: str | None


class LineOut(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an issued notice, and where it stands."""

    id: str
    notice: str
    notice_number: str
    number: int
    store: StoreLabel
    round: str
    section: str
    item: str
    title: Text
    severity: str
    lost: Hundredths
    problem: str
    responsible: str
    state: LineState
    attempts: int
    due_at: datetime | None
    overdue: bool


class LinesOut(msgspec.Struct, frozen=True, kw_only=True):
    """A page of lines; `at_least`: there are `total` or more, nobody counted on."""

    lines: tuple[LineOut, ...]
    total: int
    at_least: bool
    next_cursor: str | None


@get("/api/notices", opt=needs(Action.NOTICE_READ, asks=NoticesQuery, tokens=NOTICES))
async def read_notices(request: WebRequest) -> Response[NoticesOut | None] | Stream:
    """A page of the desk's notices of a round; as a file all of them."""
    query = query_of(request, NoticesQuery)
    tools, actor = tools_of(request), actor_of(request)
    if query.format:
        export = notice_export(tools, actor, query.asked(), language_of(request))
        return await export_file(request, query.format, export)
    found = await staff_notice_list(tools, actor, query.asked())
    said = NoticesOut(
        notices=tuple(_notice(row) for row in found.rows),
        total=found.total,
        next_cursor=found.next_cursor,
    )
    return tagged(request, said)


@get("/api/lines", opt=needs(Action.RECTIFICATION_READ, asks=LinesQuery, tokens=LINES))
async def read_lines(request: WebRequest) -> Response[LinesOut | None] | Stream:
    """A page of the lines of issued notices; as a file all of them."""
    query = query_of(request, LinesQuery)
    tools, actor = tools_of(request), actor_of(request)
    if query.format:
        export = line_export(tools, actor, query.asked(), language_of(request))
        return await export_file(request, query.format, export)
    found = await line_list(tools, actor, query.asked())
    said = LinesOut(
        lines=tuple(_line(row) for row in found.rows),
        total=found.total,
        at_least=found.at_least,
        next_cursor=found.next_cursor,
    )
    return tagged(request, said)


def _notice(row: NoticeRow) -> NoticeOut:
    return NoticeOut(
        id=row.id,
        number=row.number,
        state=row.state,
        store=row.store,
        round=row.round,
        lines=row.lines,
        veto_lines=row.veto_lines,
        lost=row.lost,
        due_at=row.clock.due_at,
        paused=row.clock.paused,
        answered=row.answered,
        overdue=row.clock.overdue,
        drafted_at=row.drafted_at,
        issued_at=row.issued_at,
    )


def _line(row: ListedLine) -> LineOut:
    line = row.line
    return LineOut(
        id=line.id,
        notice=line.notice,
        notice_number=line.notice_number,
        number=line.number,
        store=row.store,
        round=line.round_code,
        section=line.section,
        item=line.item,
        title=row.title,
        severity=line.severity,
        lost=line.lost,
        problem=line.problem,
        responsible=line.responsible,
        state=line.state,
        attempts=line.attempts,
        due_at=row.clock.due_at,
        overdue=row.clock.overdue,
    )


ROUTES = [read_notices, read_lines]
