"""Lists of appeals: the staff's, searched and paged; a store's own; an inspector's own."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.appeals.appeal import DECIDED_STATES, AppealState, Ground
from inspection.domain.listing import ListAsked
from inspection.domain.points import Hundredths
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition, Within
from inspection.persistence.statements import marks, run

OVER_STATES = (*DECIDED_STATES, AppealState.WITHDRAWN)


class ListedAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal in the staff's list. `at` is when somebody has to act, or when it was over."""

    id: str
    notice: str
    number: str | None
    line_number: int
    item: str
    rubric_version: str
    state: AppealState
    ground: Ground
    old_lost: Hundredths
    new_lost: Hundredths | None
    frozen: bool
    filed_at: datetime
    at: datetime
    region_path: str
    store_code: str
    store_name: str
    store_kind: str
    round_code: str


class AppealsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which appeals to list; empty filters leave all in the scope."""

    scope: Scope
    asked: ListAsked
    states: tuple[AppealState, ...] = ()
    ground: str = ""


class AppealRows(msgspec.Struct, frozen=True, kw_only=True):
    """One page of appeals."""

    rows: tuple[ListedAppeal, ...]
    total: int
    sort: str
    next_cursor: str | None


class OwnAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal as a store's or an inspector's list needs it. `asked`: a question waits there."""

    id: str
    notice: str
    number: str | None
    line_number: int
    item: str
    rubric_version: str
    state: AppealState
    ground: Ground
    old_lost: Hundredths
    new_lost: Hundredths | None
    filed_at: datetime
    store_name: str
    asked: bool


async def list_appeals(wanted: AppealsWanted) -> AppealRows:
    """One page. Raises CursorRefused for a cursor of another order."""
    found = await listed(_LIST, wanted.asked, _conditions(wanted))
    return AppealRows(
        rows=msgspec.convert(found.rows, tuple[ListedAppeal, ...], strict=False),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def count_states(scope: Scope) -> dict[AppealState, int]:
    """How many appeals are in each state there."""
    condition, values = scope.where("region_path")
    rows = await run(
        f"SELECT state, count(*) AS n FROM appeal WHERE 1 = 1{condition} GROUP BY state", *values
    )
    return {AppealState(row["state"]): int(row["n"]) for row in rows}


async def count_unadvised(scope: Scope) -> int:
    """How many wait for the region's opinion there."""
    condition, values = scope.where("region_path")
    rows = await run(f"SELECT count(*) AS n FROM appeal WHERE state = 'filed'{condition}", *values)
    return int(rows[0]["n"])


async def count_undecided(scope: Scope, account: str) -> int:
    """How many have an opinion and wait for a decision there, but those about visits this account
    reviewed.
    """
    condition, values = scope.where("a.region_path")
    rows = await run(
        "SELECT count(*) AS n FROM appeal a WHERE a.state = 'advised' AND NOT EXISTS"
        f" (SELECT 1 FROM review w WHERE w.visit = a.visit AND w.reviewer = ?){condition}",
        account,
        *values,
    )
    return int(rows[0]["n"])


async def appeals_of_store(store: str, limit: int) -> tuple[OwnAppeal, ...]:
    """The appeals of a store, latest first."""
    rows = await run(
        f"{_OWN} WHERE a.store = ? ORDER BY a.filed_at DESC, a.id LIMIT ?", store, limit
    )
    return msgspec.convert(rows, tuple[OwnAppeal, ...], strict=False)


async def appeals_for_inspector(inspector: str, limit: int) -> tuple[OwnAppeal, ...]:
    """Those about an inspector's visits that were decided, or in which they were asked; open
    questions first.
    """
    rows = await run(
        f"SELECT * FROM ({_OWN} WHERE v.inspector = ?) l"
        f" WHERE l.asked OR l.state IN ({marks(len(DECIDED_STATES))})"
        " ORDER BY CASE WHEN l.state IN ('filed', 'advised') THEN 0 ELSE 1 END, l.filed_at DESC,"
        " l.id LIMIT ?",
        inspector,
        *DECIDED_STATES,
        limit,
    )
    return msgspec.convert(rows, tuple[OwnAppeal, ...], strict=False)


async def is_asked(appeal: str) -> bool:
    """Whether whoever inspected was asked."""
    rows = await run(
        "SELECT 1 AS asked FROM appeal_message WHERE appeal = ? AND to_inspector LIMIT 1", appeal
    )
    return bool(rows)


def _conditions(wanted: AppealsWanted) -> Sequence[Condition]:
    found: list[Condition] = [wanted.scope.where("a.region_path")]
    if wanted.states:
        found.append((f" AND a.state IN ({marks(len(wanted.states))})", wanted.states))
    if wanted.ground:
        found.append((" AND a.ground = ?", (wanted.ground,)))
    return found


_AT = (
    "CASE a.state WHEN 'filed' THEN a.opinion_due_at WHEN 'advised' THEN a.decision_due_at"
    " WHEN 'withdrawn' THEN coalesce(a.withdrawn_at, a.filed_at)"
    " ELSE coalesce(a.decided_at, a.filed_at) END"
)

_LIST = Listing(
    select=(
        "SELECT a.id, a.notice, n.number, l.number AS line_number, a.item, v.rubric_version,"
        " a.state, a.ground, a.old_lost, a.new_lost, a.frozen, a.filed_at,"
        f" {_AT} AS at, a.region_path, s.code AS store_code, s.name AS store_name,"
        " s.kind AS store_kind, r.code AS round_code"
        # Each of them is there; an outer join may be left out where nobody asks for it.
        " FROM appeal a LEFT JOIN notice n ON n.id = a.notice"
        " LEFT JOIN notice_line l ON l.id = a.line LEFT JOIN visit v ON v.id = a.visit"
        " LEFT JOIN store s ON s.id = a.store LEFT JOIN round r ON r.id = a.round"
    ),
    search=(
        "a.item",
        "a.text",
        Within(
            condition="a.store IN (SELECT x.id FROM store x WHERE {})", search=("x.code", "x.name")
        ),
        Within(condition="a.notice IN (SELECT m.id FROM notice m WHERE {})", search=("m.number",)),
    ),
    columns={
        "due": SortColumn("at", "time"),
        "filed": SortColumn("filed_at", "time"),
        "store": SortColumn("store_code"),
        "lost": SortColumn("old_lost", "number"),
    },
    usual="due",
    key="a.id",
)

_OWN = (
    "SELECT a.id, a.notice, n.number, l.number AS line_number, a.item, v.rubric_version, a.state,"
    " a.ground, a.old_lost, a.new_lost, a.filed_at, s.name AS store_name,"
    " EXISTS (SELECT 1 FROM appeal_message m WHERE m.appeal = a.id AND m.to_inspector) AS asked"
    " FROM appeal a JOIN notice n ON n.id = a.notice JOIN notice_line l ON l.id = a.line"
    " JOIN visit v ON v.id = a.visit JOIN store s ON s.id = a.store"
)
