"""The notices a ranking speaks of, county by county: written, open, late."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

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


class _Line(msgspec.Struct, frozen=True):
    path: str
    id: str
    notice: str
    due_at: datetime


async def noticed(of: Stores, paths: Paths) -> dict[str, Noticed]:
    """The notices that are written or open."""
    where, values = _where(of, paths)
    rows = await run(
        f"SELECT n.region_path AS path, {_COUNTS}, {packed(_DUE)} AS due"
        f" FROM notice n WHERE {where} AND (n.state = '{NoticeState.DRAFT.value}' OR {_OPEN})"
        " GROUP BY n.region_path",
        *values,
    )
    stood = await _stood(of, paths) if any(row["stood"] for row in rows) else {}
    return {str(row["path"]): _noticed(row, stood.get(str(row["path"]), ())) for row in rows}


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


def _noticed(row: Mapping[str, Any], stood: Sequence[datetime]) -> Noticed:
    return Noticed(
        drafts=int(row["drafts"]),
        opened=int(row["opened"]),
        due=tuple(sorted((*times(row["due"]), *stood))),
    )


_STATES = ", ".join(f"'{state.value}'" for state in OPEN_STATES)
_OPEN = f"n.state IN ({_STATES})"
_DUE = f"CASE WHEN n.clock = '{RUNS}' AND {_OPEN} THEN n.first_due_at END"
_COUNTS = (
    f"count(CASE WHEN n.state = '{NoticeState.DRAFT.value}' THEN 1 END) AS drafts,"
    f" count(CASE WHEN {_OPEN} THEN 1 END) AS opened,"
    f" count(CASE WHEN {_OPEN} AND n.clock = '{STOOD_STILL}' THEN 1 END) AS stood"
)
