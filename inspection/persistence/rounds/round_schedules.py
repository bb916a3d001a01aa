"""Schedules as rows, and the rounds they made."""

from datetime import date, datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.rounds.round import BEGUN
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, run


class ScheduleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A schedule. `store_kinds` is a JSON list; `made_on` the first day of the last round made."""

    id: str
    code: str
    name_zh: str
    name_en: str
    theme_zh: str
    theme_en: str
    visit_kind: str
    region_path: str
    store_kinds: str
    min_visits: int
    pass_line: int | None
    pilot: bool
    disclose_day: bool
    recurrence: str
    every: int
    starts_on: date
    days: int
    ahead: int
    paused: bool
    made_on: date | None
    revision: int
    edited_by: str
    edited_at: datetime
    hours_kind: str = ""


class ScheduleRows(msgspec.Struct, frozen=True, kw_only=True):
    """A page of schedules, how many there are, the order, where the next page begins."""

    rows: tuple[ScheduleRow, ...]
    total: int
    sort: str
    next_cursor: str | None


class MadeRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round a schedule made."""

    code: str
    name_zh: str
    name_en: str
    state: str
    starts_on: date


_FIELDS = ScheduleRow.__struct_fields__
_SELECT = f"SELECT {', '.join(_FIELDS)} FROM round_schedule"
_DAYS = {"starts_on", "made_on"}
_AS_TEXT = ", ".join(
    f"CAST(c.{name} AS TEXT) AS {name}" if name in _DAYS else f"c.{name}" for name in _FIELDS
)

SCHEDULES = Listing(
    select=f"SELECT {_AS_TEXT} FROM round_schedule c",
    search=("c.code", "c.name_zh", "c.name_en", "c.theme_zh", "c.theme_en"),
    columns={
        "code": SortColumn("code"),
        "name": SortColumn("name_zh"),
        "from": SortColumn("starts_on"),
    },
    usual="code",
)


async def list_schedules(asked: ListAsked, path: str) -> ScheduleRows:
    """One page of the schedules of a part of the tree."""
    found = await listed(SCHEDULES, asked, [(" AND c.region_path LIKE ?", (f"{path}%",))])
    return ScheduleRows(
        rows=msgspec.convert(found.rows, tuple[ScheduleRow, ...], strict=False),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def find_schedule(code: str) -> ScheduleRow | None:
    """The schedule with this code."""
    rows = await run(f"{_SELECT} WHERE code = ?", code)
    return msgspec.convert(rows[0], ScheduleRow, strict=False) if rows else None


async def lock_schedule(code: str) -> ScheduleRow | None:
    """The same, kept from changing until the transaction ends."""
    rows = await run(f"{_SELECT} WHERE code = ?{for_update_clause()}", code)
    return msgspec.convert(rows[0], ScheduleRow, strict=False) if rows else None


async def running_codes() -> tuple[str, ...]:
    """The schedules that are not paused."""
    rows = await run("SELECT code FROM round_schedule WHERE NOT paused ORDER BY code")
    return tuple(str(row["code"]) for row in rows)


async def add_schedule(row: ScheduleRow) -> None:
    """Keep a new schedule. Raises UniqueBroken when its code is taken."""
    await run(insertion("round_schedule", ScheduleRow), *msgspec.structs.astuple(row))


async def write_schedule(row: ScheduleRow) -> None:
    """Keep a schedule that was locked before. Raises UniqueBroken when its new code is taken."""
    values = msgspec.structs.asdict(row)
    await run(_WRITE, *(values[name] for name in _CHANGING), row.id)


async def rounds_made(schedule: str, limit: int) -> tuple[MadeRound, ...]:
    """The rounds a schedule made, latest first."""
    rows = await run(
        "SELECT code, name_zh, name_en, state, starts_on FROM round WHERE schedule = ?"
        " ORDER BY starts_on DESC, code DESC LIMIT ?",
        schedule,
        limit,
    )
    return msgspec.convert(rows, tuple[MadeRound, ...])


async def last_begun(schedule: str) -> str | None:
    """The latest round of a schedule that has begun and may be compared with."""
    states = ", ".join(f"'{state.value}'" for state in BEGUN)
    rows = await run(
        f"SELECT id FROM round WHERE schedule = ? AND state IN ({states}) AND NOT pilot"
        " ORDER BY starts_on DESC, code DESC LIMIT 1",
        schedule,
    )
    return str(rows[0]["id"]) if rows else None


_CHANGING = tuple(name for name in _FIELDS if name != "id")
_WRITE = f"UPDATE round_schedule SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?"
