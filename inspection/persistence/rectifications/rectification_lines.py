"""Lines of issued notices while they are being settled, with what their notice says about them."""

from datetime import datetime

import msgspec

from inspection.domain.notices.notice_part import LinePart
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.rectifications.rectification import LineState
from inspection.persistence.counted_visits import IN_COUNT
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import run


class LineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line with its notice and store. `photos` is JSON: digests of print copies."""

    id: str
    notice: str
    number: int
    item: str
    section: str
    severity: str
    lost: Hundredths
    problem: str
    requirement: str
    responsible: str
    hours: int
    hours_kind: str
    due_at: datetime | None
    state: LineState
    photos: str
    parts: str
    notice_state: NoticeState
    notice_number: str | None
    issued_at: datetime | None
    snapshot: str | None
    visit: str
    round: str
    store: str
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    latitude_e6: int | None
    longitude_e6: int | None
    rubric_version: str

    def items(self) -> tuple[str, ...]:
        """The items it is about: several for a merged one."""
        merged = msgspec.json.decode(self.parts, type=tuple[LinePart, ...])
        return tuple(part.item for part in merged) or (self.item,)

    def before_photos(self) -> tuple[str, ...]:
        """The digests of the photos that show what was wrong."""
        return msgspec.json.decode(self.photos, type=tuple[str, ...])


async def find_line(line: str) -> LineRow | None:
    """The line as it stands."""
    rows = await run(f"{_LINE} WHERE l.id = ?", line)
    return msgspec.convert(rows[0], LineRow) if rows else None


async def find_numbered(notice: str, number: int) -> LineRow | None:
    """The line of that number."""
    rows = await run(f"{_LINE} WHERE l.notice = ? AND l.number = ?", notice, number)
    return msgspec.convert(rows[0], LineRow) if rows else None


async def lock_line(line: str) -> LineRow | None:
    """The line, kept from changing until the transaction ends, and its notice with it: whoever
    settles the last line closes the notice, so two of them take turns.
    """
    await run(
        "SELECT id FROM notice WHERE id = (SELECT notice FROM notice_line WHERE id = ?)"
        + for_update_clause(),
        line,
    )
    await run("SELECT id FROM notice_line WHERE id = ?" + for_update_clause(), line)
    return await find_line(line)


async def move_line(line: str, before: LineState, after: LineState) -> bool:
    """Write the state; False when it was another meanwhile."""
    rows = await run(
        "UPDATE notice_line SET state = ? WHERE id = ? AND state = ? RETURNING id",
        after.value,
        line,
        before.value,
    )
    return bool(rows)


async def note_due(line: str, due_at: datetime) -> None:
    """Give the line another deadline."""
    await run("UPDATE notice_line SET due_at = ? WHERE id = ?", due_at, line)


async def states_of(notice: str) -> tuple[LineState, ...]:
    """What has become of every line of a notice."""
    rows = await run("SELECT state FROM notice_line WHERE notice = ? ORDER BY number", notice)
    return tuple(LineState(row["state"]) for row in rows)


async def lines_on_the_way(notice: str) -> tuple[LineRow, ...]:
    """Every line of a notice, in its order."""
    rows = await run(f"{_LINE} WHERE l.notice = ? ORDER BY l.number", notice)
    return msgspec.convert(rows, tuple[LineRow, ...])


async def lines_looked_at(reinspection: str) -> tuple[LineRow, ...]:
    """The lines somebody is sent for, in the order of their notice."""
    rows = await run(
        f"{_LINE} WHERE l.id IN (SELECT line FROM reinspection_line WHERE reinspection = ?)"
        " ORDER BY l.number",
        reinspection,
    )
    return msgspec.convert(rows, tuple[LineRow, ...])


async def carry_line(old: str, new: str) -> None:
    """Let what was said about a line go on under the one that stands for it now."""
    for table in _ABOUT_LINES:
        await run(f"UPDATE {table} SET line = ? WHERE line = ?", new, old)


async def losses_of_item(store: str, item: str, visit: str) -> tuple[int, int]:
    """In how many of the store's published rounds the item lost points, and of how many; the
    visit itself counts.
    """
    rows = await run(
        "SELECT count(DISTINCT v.round) AS rounds,"
        " count(DISTINCT CASE WHEN a.lost > 0 THEN v.round END) AS lost"
        " FROM visit v LEFT JOIN visit_answer a ON a.visit = v.id AND a.item = ?"
        f" WHERE v.store = ? AND (v.{IN_COUNT} OR v.id = ?)",
        item,
        store,
        visit,
    )
    return int(rows[0]["lost"]), int(rows[0]["rounds"])


_ABOUT_LINES = (
    "rectification_reply",
    "rectification_verdict",
    "line_handler",
    "line_extension",
    "follow_up_call",
    "solved_case",
    "reinspection_line",
)

_LINE = (
    "SELECT l.id, l.notice, l.number, l.item, l.section, l.severity, l.lost, l.problem,"
    " l.requirement, l.responsible, l.hours, l.hours_kind, l.due_at, l.state, l.photos,"
    " l.parts,"
    " n.state AS notice_state, n.number AS notice_number, n.issued_at, n.snapshot, n.visit,"
    " n.round, n.store, s.code AS store_code, s.name AS store_name, n.store_kind, n.region_path,"
    " s.latitude_e6, s.longitude_e6, v.rubric_version"
    " FROM notice_line l JOIN notice n ON n.id = l.notice JOIN store s ON s.id = n.store"
    " JOIN visit v ON v.id = n.visit"
)
