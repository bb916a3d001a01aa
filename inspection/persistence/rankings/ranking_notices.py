"""The notices a ranking speaks of, county by county: written, open, late."""

from datetime import datetime

import msgspec

from inspection.domain.notices.notice_state import OPEN_STATES, NoticeState
from inspection.domain.rectifications.pause import paused_due
from inspection.persistence.notices.notice_lists import LATE_SINCE, STOOD_LINES
from inspection.persistence.rankings.ranking_facts import Paths, Stores, among, owned_by
from inspection.persistence.rectifications.line_pauses import pauses_of
from inspection.persistence.statements import marks, run


class Noticed(msgspec.Struct, frozen=True):
    """Notices of a county: drafts, those a store still owes something for, and since when each of
    the latter is or will be late, in order.
    """

    drafts: int = 0
    opened: int = 0
    due: tuple[datetime, ...] = ()


class _Due(msgspec.Struct, frozen=True):
    path: str
    draft: bool
    id: str
    first: datetime | None
    line: datetime | None
    times: int


class _Stood(msgspec.Struct, frozen=True):
    id: str
    notice: str
    due_at: datetime


async def noticed(of: Stores, paths: Paths) -> dict[str, Noticed]:
    """The notices that are written or open."""
    stood = await _stood(of)
    where, values = among("n.region_path", paths)
    owned, own = owned_by(of, "n.store")
    if paths is None and of.ownership:
        # Of all counties the round tells them, not the store: COALESCE hides an index from SQLite.
        owned = " AND COALESCE(n.store, '') IN (SELECT o.id FROM store o WHERE o.kind = ?"
        owned += " AND o.ownership = ?)"
        own = (of.kind, of.ownership)
    states = (NoticeState.DRAFT, *OPEN_STATES)
    # Only those with a line that stood still need looking at one by one.
    alone = f"CASE WHEN n.id IN ({marks(len(stood))}) THEN n.id ELSE '' END" if stood else "''"
    rows = await run(
        # Kept apart: laid into one, SQLite asks for the line of each notice twice.
        "WITH e AS MATERIALIZED ("
        f"SELECT n.region_path AS path, n.state = 'draft' AS draft, {alone} AS id,"
        f" n.first_due_at AS first, {LATE_SINCE} AS line"
        f" FROM notice n WHERE n.round = ? AND n.store_kind = ?{where}{owned}"
        f" AND n.state IN ({marks(len(states))}))"
        " SELECT e.path, e.draft, e.id, e.first, e.line, count(*) AS times FROM e"
        " GROUP BY e.path, e.draft, e.id, e.first, e.line",
        *(*stood, of.round, of.kind, *values, *own, *(state.value for state in states)),
    )
    found: dict[str, list[_Due]] = {}
    for row in msgspec.convert(rows, tuple[_Due, ...], strict=False):
        found.setdefault(row.path, []).append(row)
    return {path: _noticed(mine, stood) for path, mine in found.items()}


async def _stood(of: Stores) -> dict[str, datetime]:
    """From when on the store is late with a line whose clock stood still for a time, by notice."""
    rows = await run(
        f"SELECT x.id, x.notice, x.due_at FROM notice n JOIN notice_line x ON x.notice = n.id"
        f" WHERE n.round = ? AND n.store_kind = ? AND x.id IN ({STOOD_LINES})",
        of.round,
        of.kind,
    )
    lines = msgspec.convert(rows, tuple[_Stood, ...])
    pauses = await pauses_of(line.id for line in lines)
    found: dict[str, datetime] = {}
    for line in lines:
        mine = pauses.get(line.id, ())
        # A pause that lasts on a line this one carries on stops it too.
        if all(pause.until for pause in mine):
            due = paused_due(line.due_at, mine, line.due_at)
            found[line.notice] = min(due, found.get(line.notice, due))
    return found


def _noticed(rows: list[_Due], stood: dict[str, datetime]) -> Noticed:
    opened = [row for row in rows if not row.draft]
    late: list[datetime] = []
    for row in opened:
        since = [at for at in (row.line, stood.get(row.id)) if at]
        if row.first and since:
            late += [max(row.first, min(since))] * row.times
    return Noticed(
        drafts=sum(row.times for row in rows if row.draft),
        opened=sum(row.times for row in opened),
        due=tuple(sorted(late)),
    )
