"""The staff's list of notices: one round, one part of the tree, each with how late it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from inspection.domain.access import Action, Actor
from inspection.domain.deadline import day_of
from inspection.domain.notices.notice_state import OPEN_STATES
from inspection.domain.refusals import NotFound
from inspection.persistence.notices import notice_lists
from inspection.persistence.notices.notice_lists import ListedNotice, NoticesWanted
from inspection.persistence.people import places
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications import overdue_lines
from inspection.persistence.rectifications.line_times import LinesOf
from inspection.services.messages.reminders import in_time
from inspection.services.notices.notice_clocks import NO_CLOCK, NoticeClock, notice_clocks
from inspection.services.notices.notice_details import pdf_state
from inspection.services.notices.notice_list_results import NoticeList, NoticeRow, NoticesAsked
from inspection.services.notices.notice_times import Timeliness, timeliness
from inspection.services.notices.urging import Urge
from inspection.services.people.places import Map, RoundLabel, map_of
from inspection.services.reach import scope_of
from inspection.services.rounds.rounds import chosen_round, round_label
from inspection.services.tools import Tools


async def staff_notice_list(tools: Tools, actor: Actor, asked: NoticesAsked) -> NoticeList:
    """One page of the notices of a round in the caller's part of the tree. Raises NotFound for a
    region outside, CursorRefused for a cursor of another order.
    """
    scope = scope_of(actor, Action.NOTICE_READ, asked.region_path)
    if asked.region_path and await places.find_region(asked.region_path) is None:
        raise NotFound(noun="region")
    of = await chosen_round(asked.round, scope.path)
    now = tools.now()
    wanted = NoticesWanted(
        round=of.id,
        scope=scope,
        now=now,
        asked=asked.list,
        state=asked.state,
        store_kind=asked.store_kind,
        in_time=await in_time(scope, now),
    )
    counts = await notice_lists.count_notices(wanted)
    found = await notice_lists.list_notices(wanted, counts)
    shown = await _shown(found.rows, round_label(of), now)
    return NoticeList(
        rows=tuple(_row(row, shown) for row in found.rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        counts=counts,
        times=await _times(asked, of.id, scope, now),
    )


async def _times(
    asked: NoticesAsked, round_id: str, scope: Scope, now: datetime
) -> Timeliness | None:
    """They are of all lines, whatever is sought: read beside the first page."""
    if asked.q or asked.cursor:
        return None
    of = LinesOf(round=round_id, scope=scope, store_kind=asked.store_kind)
    return await timeliness(of, now)


class _Shown(NamedTuple):
    """What the rows of a page are shown with."""

    names: Map
    round: RoundLabel
    clocks: Mapping[str, NoticeClock]
    done: frozenset[tuple[str, str]]


async def _shown(rows: tuple[ListedNotice, ...], of: RoundLabel, now: datetime) -> _Shown:
    clocks = await notice_clocks(rows, now)
    done = await overdue_lines.urged_on(clocks, day_of(now))
    return _Shown(await map_of(row.region_path for row in rows), of, clocks, done)


def _row(row: ListedNotice, shown: _Shown) -> NoticeRow:
    return NoticeRow(
        id=row.id,
        number=row.number,
        state=row.state,
        store=shown.names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        round=shown.round,
        lines=row.lines,
        veto_lines=row.veto_lines,
        lost=row.lost,
        clock=shown.clocks.get(row.id, NO_CLOCK),
        answered=row.state in OPEN_STATES and not row.owed,
        urged=(row.id, Urge.STORE.value) in shown.done,
        escalated=(row.id, Urge.ABOVE.value) in shown.done,
        drafted_at=row.drafted_at,
        issued_at=row.issued_at,
        pdf=pdf_state(row.state, row.pdf_sha256, row.pdf_fault),
    )
