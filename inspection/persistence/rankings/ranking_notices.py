"""The notices a ranking speaks of, county by county: written, open, late."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

import msgspec

from inspection.domain.notices.notice_state import OPEN_STATES, NoticeState
from inspection.domain.rectifications.pause import paused_due
from inspection.persistence.packing import packed, times
from inspection.persistence.rankings.ranking_facts import Paths, Stores, among, owned_by
from inspection.persistence.rectifications.line_pauses import pauses_of
from inspection.persistence.rectifications.notice_tallies import RUNS, STOOD_STILL
from inspection.persistence.statements import run


class Noticed(msgspec.Struct, frozen=True):
    """Notices of a county: drafts, those a store still owes something for, and since when each of
    the latter is or will be late, in order.
    """

    drafts: int = 0
    opened: int = 0
    due: tuple[datetime, ...] = ()


class _Group(msgspec.Struct, frozen=True):
    path: str
    state: NoticeState
    clock: str
    notices: int
    due: str | None

    @property
    def opened(self) -> int:
        return self.notices if self.state in OPEN_STATES else 0


class _Line(msgspec.Struct, frozen=True):
    path: str
    id: str
    notice: str
    due_at: datetime


async def noticed(of: Stores, paths: Paths) -> dict[str, Noticed]:
    """The notices that are written or open."""
    where, values = _where(of, paths)
    rows = await run(
        # By state and clock too, as they stand in the index: told apart row by row costs a third
        # more.
        "SELECT n.region_path AS path, n.state, n.clock, count(*) AS notices,"
        f" {packed('n.first_due_at')} AS due FROM notice n"
        f" WHERE {where} AND n.state IN ('{NoticeState.DRAFT.value}', {_STATES})"
        " GROUP BY n.region_path, n.state, n.clock",
        *values,
    )
    found = msgspec.convert(rows, tuple[_Group, ...])
    still = any(group.clock == STOOD_STILL and group.opened for group in found)
    stood = await _stood(of, paths) if still else {}
    by_path: dict[str, list[_Group]] = {}
    for group in found:
        by_path.setdefault(group.path, []).append(group)
    return {path: _noticed(groups, stood.get(path, ())) for path, groups in by_path.items()}


async def _stood(of: Stores, paths: Paths) -> Mapping[str, Sequence[datetime]]:
    """From when on stores are late with the notices of which a clock has stood, by county."""
    where, values = _where(of, paths)
    rows = await run(
        "SELECT n.region_path AS path, l.id, l.notice, l.due_at FROM notice n"
        " JOIN notice_line l ON l.notice = n.id AND l.state IN ('open', 'returned')"
        f" WHERE {where} AND {_OPEN} AND n.clock = '{STOOD_STILL}'",
        *values,
    )
    lines = msgspec.convert(rows, tuple[_Line, ...])
    pauses = await pauses_of(line.id for line in lines)
    found: dict[str, dict[str, datetime]] = {}
    for line in lines:
        mine = pauses.get(line.id, ())
        # A pause that lasts on a line this one carries on stops it too.
        if all(pause.until for pause in mine):
            due = paused_due(line.due_at, mine, line.due_at)
            county = found.setdefault(line.path, {})
            county[line.notice] = min(due, county.get(line.notice, due))
    return {path: tuple(county.values()) for path, county in found.items()}


def _where(of: Stores, paths: Paths) -> tuple[str, tuple[str, ...]]:
    here, values = among("n.region_path", paths)
    owned, own = owned_by(of, "n.store")
    if paths is None and of.ownership:
        # Of all counties the round tells them, not the store: COALESCE hides an index from SQLite.
        owned = " AND COALESCE(n.store, '') IN (SELECT o.id FROM store o WHERE o.kind = ?"
        owned += " AND o.ownership = ?)"
        own = (of.kind, of.ownership)
    return f"n.round = ? AND n.store_kind = ?{here}{owned}", (of.round, of.kind, *values, *own)


def _noticed(groups: Sequence[_Group], stood: Sequence[datetime]) -> Noticed:
    running = (times(group.due) for group in groups if group.clock == RUNS and group.opened)
    return Noticed(
        drafts=sum(group.notices for group in groups if group.state is NoticeState.DRAFT),
        opened=sum(group.opened for group in groups),
        due=tuple(sorted((*chain.from_iterable(running), *stood))),
    )


_STATES = ", ".join(f"'{state.value}'" for state in OPEN_STATES)
_OPEN = f"n.state IN ({_STATES})"
