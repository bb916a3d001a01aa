"""Calls that are due a day after a line was verified."""

from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.rectifications.follow_up import CallState
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition
from inspection.persistence.statements import run


class NewCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call to make."""

    id: str
    line: str
    due_at: datetime


class CallRow(msgspec.Struct, frozen=True, kw_only=True):
    """A call with whom to call about what."""

    id: str
    line: str
    state: CallState
    due_at: datetime
    note: str
    called_by: str | None
    called_at: datetime | None
    notice: str
    number: str
    line_number: int
    item: str
    measure: str
    rubric_version: str
    region_path: str
    store_code: str
    store_name: str
    store_kind: str
    contact_name: str
    contact_phone: str


async def add_call(row: NewCall) -> None:
    """Keep a call to make; the one of before is made again, for the line was settled anew."""
    await run(
        "INSERT INTO follow_up_call (id, line, state, due_at, note) VALUES (?, ?, 'due', ?, '')"
        " ON CONFLICT (line) DO UPDATE SET state = excluded.state, due_at = excluded.due_at,"
        " note = '', called_by = NULL, called_at = NULL",
        row.id,
        row.line,
        row.due_at,
    )


async def line_of(call: str) -> str | None:
    """The line somebody is called about."""
    rows = await run("SELECT line FROM follow_up_call WHERE id = ?", call)
    return str(rows[0]["line"]) if rows else None


async def call_about(line: str) -> str | None:
    """The call about a line."""
    rows = await run("SELECT id FROM follow_up_call WHERE line = ?", line)
    return str(rows[0]["id"]) if rows else None


async def lock_call(call: str) -> CallRow | None:
    """The call, kept from changing until the transaction ends."""
    await run("SELECT id FROM follow_up_call WHERE id = ?" + for_update_clause(), call)
    rows = await run(f"{_CALL} WHERE c.id = ?", call)
    return msgspec.convert(rows[0], CallRow) if rows else None


async def note_call(call: str, state: CallState, note: str, by: str, at: datetime) -> None:
    """Keep what came of it."""
    await run(
        "UPDATE follow_up_call SET state = ?, note = ?, called_by = ?, called_at = ? WHERE id = ?",
        state.value,
        note,
        by,
        at,
        call,
    )


async def list_calls(asked: ListAsked, scope: Scope, state: str) -> ListedRows:
    """One page of calls. Raises CursorRefused for a cursor of another order."""
    return await listed(_CALLS, asked, [scope.where("n.region_path"), *_states(state)])


async def count_calls(scope: Scope) -> dict[str, int]:
    """How many calls are in each state."""
    condition, values = scope.where("t.place")
    rows = await run(
        # Not joined: SQLite would begin with all lines there are.
        "SELECT t.state, count(*) AS n FROM (SELECT c.state, (SELECT n.region_path FROM notice_line"
        " l JOIN notice n ON n.id = l.notice WHERE l.id = c.line) AS place FROM follow_up_call c) t"
        f" WHERE 1 = 1{condition} GROUP BY t.state",
        *values,
    )
    return {str(row["state"]): int(row["n"]) for row in rows}


def _states(state: str) -> list[Condition]:
    return [(" AND c.state = ?", (state,))] if state else []


_CALL = (
    "SELECT c.id, c.line, c.state, c.due_at, c.note, a.name AS called_by, c.called_at, l.notice,"
    " coalesce(n.number, '') AS number, l.number AS line_number, l.item,"
    " coalesce((SELECT r.measure FROM rectification_reply r WHERE r.line = l.id"
    " AND r.attempt IS NOT NULL ORDER BY r.attempt DESC LIMIT 1), '') AS measure,"
    " v.rubric_version, n.region_path, s.code AS store_code, s.name AS store_name,"
    " n.store_kind, s.contact_name, s.contact_phone"
    " FROM follow_up_call c JOIN notice_line l ON l.id = c.line JOIN notice n ON n.id = l.notice"
    " JOIN store s ON s.id = n.store JOIN visit v ON v.id = n.visit"
    " LEFT JOIN account a ON a.id = c.called_by"
)

_CALLS = Listing(
    select=_CALL,
    search=("s.name", "s.code", "n.number", "l.item", "c.note"),
    columns={"due": SortColumn("due_at", "time"), "store": SortColumn("store_name")},
    usual="due",
)
