"""The staff's list of notices: one round, one part of the tree, drafts first, then by deadline."""

from datetime import datetime

from inspection.domain import cursor
from inspection.domain.access import Action, Actor
from inspection.domain.notice_state import OPEN_STATES
from inspection.domain.refusals import NotFound
from inspection.persistence import notice_lists, places
from inspection.persistence.notice_lists import (
    ListedNotice,
    NoticePlace,
    NoticesWanted,
)
from inspection.services.notice_details import pdf_state
from inspection.services.notice_results import NoticeList, NoticeRow, NoticesAsked
from inspection.services.places import Map, RoundLabel, map_of
from inspection.services.reach import scope_of
from inspection.services.rounds import chosen_round, round_label
from inspection.services.tools import Tools

LARGEST_PAGE = 200


async def staff_notice_list(tools: Tools, actor: Actor, asked: NoticesAsked) -> NoticeList:
    """One page of the notices of a round in the caller's part of the tree."""
    scope = scope_of(actor, Action.NOTICE_READ, asked.region_path)
    if asked.region_path and await places.find_region(asked.region_path) is None:
        raise NotFound(noun="region")
    found = await chosen_round(asked.round, scope.path)
    now = tools.now()
    size = max(1, min(asked.size, LARGEST_PAGE))
    wanted = NoticesWanted(
        round=found.id,
        scope=scope,
        state=asked.state,
        now=now,
        after=cursor.read(asked.cursor, NoticePlace),
        limit=size + 1,
    )
    rows = await notice_lists.list_notices(wanted)
    shown = rows[:size]
    names = await map_of(row.region_path for row in shown)
    label = round_label(found)
    return NoticeList(
        rows=tuple(_row(row, names, label, now) for row in shown),
        next_cursor=_cursor(shown[-1]) if len(rows) > size else None,
        counts=await notice_lists.count_notices(found.id, scope, now),
    )


def _cursor(row: ListedNotice) -> str:
    return cursor.written(NoticePlace(row.listed, row.at, row.id))


def _row(row: ListedNotice, names: Map, label: RoundLabel, now: datetime) -> NoticeRow:
    due = row.first_due_at
    return NoticeRow(
        id=row.id,
        number=row.number,
        state=row.state,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        round=label,
        lines=row.lines,
        veto_lines=row.veto_lines,
        lost=row.lost,
        first_due_at=due,
        overdue=row.state in OPEN_STATES and due is not None and due < now,
        drafted_at=row.drafted_at,
        issued_at=row.issued_at,
        pdf=pdf_state(row.state, row.pdf_sha256, row.pdf_fault),
    )
