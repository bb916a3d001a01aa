"""Lines a store still has to act on, by their deadlines; and which steps were told of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from inspection.domain.rectifications.escalation import Step
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications.line_pauses import STOOD
from inspection.persistence.rectifications.notice_tallies import STOOD_STILL
from inspection.persistence.statements import add_new, insertion, marks, run


class StoresLine(msgspec.Struct, frozen=True, kw_only=True):
    """What adding up needs of a line."""

    severity: str
    due_at: datetime
    store: str
    region_path: str


class DueLine(StoresLine, frozen=True, kw_only=True):
    """A line with its notice and store. `stood` says that its clock stands still or may have
    before, perhaps as the line it carries on.
    """

    id: str
    notice: str
    notice_number: str
    number: int
    item: str
    hours: int
    stood: bool
    store_code: str
    store_name: str
    store_kind: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A step that was told of a line and its deadline of then."""

    line: str
    step: str
    due_at: datetime
    at: datetime


class NewUrge(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody urged the store or told those above it."""

    id: str
    notice: str
    kind: str
    day: date
    by: str
    at: datetime


async def notices_with_steps(until: datetime) -> tuple[str, ...]:
    """Notices with a line due until then of which the last step was not told for its deadline."""
    rows = await run(
        f"SELECT DISTINCT l.notice{_FROM} AND l.due_at <= ? AND NOT EXISTS"
        " (SELECT 1 FROM line_reminder r WHERE r.line = l.id AND r.step = ? AND"
        " r.due_at >= l.due_at) ORDER BY l.notice",
        until,
        Step.PROVINCE.value,
    )
    return tuple(str(row["notice"]) for row in rows)


async def due_lines_of(notice: str) -> tuple[DueLine, ...]:
    """The lines of a notice the store has to act on, by number."""
    rows = await run(f"{_SELECT}{_FROM} AND l.notice = ? ORDER BY l.number", notice)
    return msgspec.convert(rows, tuple[DueLine, ...], strict=False)


async def past_due(scope: Scope, now: datetime, store: str = "") -> tuple[DueLine, ...]:
    """The lines whose deadline as it was set is past, the oldest first."""
    condition, values = scope.where("n.region_path")
    if store:
        condition, values = f"{condition} AND s.code = ?", (*values, store)
    rows = await run(
        f"{_SELECT}{_FROM} AND l.due_at < ?{condition} ORDER BY l.due_at, l.id", now, *values
    )
    return msgspec.convert(rows, tuple[DueLine, ...], strict=False)


async def telling_lines(notices: Iterable[str], now: datetime) -> tuple[DueLine, ...]:
    """The lines of these notices that tell how late they are: whose deadline as it was set is past;
    where a clock has stood, all the store has to act on.
    """
    wanted = tuple(notices)
    if not wanted:
        return ()
    rows = await run(
        f"{_SELECT}{_FROM} AND l.notice IN ({marks(len(wanted))})"
        f" AND (l.due_at < ? OR n.clock = '{STOOD_STILL}')",
        *wanted,
        now,
    )
    return msgspec.convert(rows, tuple[DueLine, ...], strict=False)


async def past_due_that_stood(scope: Scope, now: datetime) -> tuple[DueLine, ...]:
    """Those of them whose clock may have stood still, in no order."""
    condition, values = scope.where("n.region_path")
    rows = await run(f"{_SELECT}{_FROM} AND l.due_at < ?{condition} AND {STOOD}", now, *values)
    return msgspec.convert(rows, tuple[DueLine, ...], strict=False)


async def past_due_all_along(scope: Scope, now: datetime) -> tuple[StoresLine, ...]:
    """The others of them, in no order."""
    condition, values = scope.where("n.region_path")
    rows = await run(f"{_SHORT} {_OWED} AND l.due_at < ?{condition} AND NOT {STOOD}", now, *values)
    return msgspec.convert(rows, tuple[StoresLine, ...])


async def steps_told(lines: Iterable[str]) -> tuple[Told, ...]:
    """What was told of these lines."""
    wanted = tuple(lines)
    if not wanted:
        return ()
    rows = await run(
        f"SELECT line, step, due_at, at FROM line_reminder WHERE line IN ({marks(len(wanted))})",
        *wanted,
    )
    return msgspec.convert(rows, tuple[Told, ...])


async def note_told(told: Sequence[Told]) -> frozenset[tuple[str, str]]:
    """Keep what is told; line and step of what had not been told before."""
    rows = await add_new("line_reminder", told, "line, step, due_at", "line, step")
    return frozenset((str(row["line"]), str(row["step"])) for row in rows)


async def add_urge(urge: NewUrge) -> bool:
    """Keep it; False when the notice had one of the kind that day."""
    rows = await run(
        insertion("notice_urge", NewUrge)
        + " ON CONFLICT (notice, kind, day) DO NOTHING RETURNING id",
        *msgspec.structs.astuple(urge),
    )
    return bool(rows)


async def urged_on(notices: Iterable[str], day: date) -> frozenset[tuple[str, str]]:
    """Notice and kind of what was done that day about these notices."""
    wanted = tuple(notices)
    if not wanted:
        return frozenset()
    rows = await run(
        f"SELECT notice, kind FROM notice_urge WHERE day = ? AND notice IN ({marks(len(wanted))})",
        day,
        *wanted,
    )
    return frozenset((str(row["notice"]), str(row["kind"])) for row in rows)


async def rubrics_of(notices: Iterable[str]) -> dict[str, str]:
    """The rubric versions the visits of these notices were scored by, by notice."""
    wanted = tuple(notices)
    if not wanted:
        return {}
    rows = await run(
        "SELECT n.id, v.rubric_version FROM notice n JOIN visit v ON v.id = n.visit"
        f" WHERE n.id IN ({marks(len(wanted))})",
        *wanted,
    )
    return {str(row["id"]): str(row["rubric_version"]) for row in rows}


IS_OWED = "l.state IN ('open', 'returned') AND n.state IN ('issued', 'delivered', 'acknowledged')"
"""The store of a notice `n` still has to act on a line `l`."""

_SELECT = (
    "SELECT l.id, l.notice, n.number AS notice_number, l.number, l.item, l.severity, l.hours,"
    f" l.due_at, {STOOD} AS stood, n.store,"
    " s.code AS store_code, s.name AS store_name, n.store_kind, n.region_path"
)
# A province that never lets its clocks stand has thousands of late lines and pays for no more.
_SHORT = "SELECT l.severity, l.due_at, n.store, n.region_path"
_OWED = f"FROM notice_line l JOIN notice n ON n.id = l.notice WHERE {IS_OWED}"
_FROM = (
    " FROM notice_line l JOIN notice n ON n.id = l.notice LEFT JOIN store s ON s.id = n.store"
    f" WHERE {IS_OWED}"
)
