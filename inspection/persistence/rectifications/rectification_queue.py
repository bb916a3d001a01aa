"""Lines of issued notices as the desk works through them: by what they wait for, by deadline."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.points import Hundredths
from inspection.domain.rectifications.rectification import LineState
from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.listing import ListedRows, Listing, SortColumn, Tally, listed, tallied
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition, Within
from inspection.persistence.statements import marks, run


class QueuedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line in the desk's list. `replied_at` is when the reply that counts came."""

    id: str
    notice: str
    notice_number: str
    number: int
    item: str
    section: str
    severity: str
    lost: Hundredths
    problem: str
    responsible: str
    due_at: datetime
    state: LineState
    attempts: int
    replied_at: datetime | None
    asking: bool
    rubric_version: str
    region_path: str
    store_code: str
    store_name: str
    store_kind: str
    round_code: str


class LinesWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which lines; `tab` is a state, `overdue`, `asking` or empty for all. `in_time` are those an
    appeal has given more time than their deadline says.
    """

    asked: ListAsked
    scope: Scope
    now: datetime
    tab: str = ""
    item: str = ""
    round: str = ""
    store_kind: str = ""
    in_time: tuple[str, ...] = ()


class WaitingTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A line somebody has to verify: the how-manieth of `n`, and the lines beside it."""

    id: str
    place: int
    n: int
    before: str | None
    after: str | None


class QueueCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many lines wait for what."""

    submitted: int = 0
    overdue: int = 0
    asking: int = 0
    open: int = 0
    returned: int = 0
    verified: int = 0

    def on(self, tab: str) -> int:
        """How many a tab has; without a name, how many there are."""
        if tab:
            return int(getattr(self, tab))
        return self.submitted + self.open + self.returned + self.verified


async def list_lines(wanted: LinesWanted) -> tuple[ListedRows, QueueCounts]:
    """One page, and how many lines are on each tab under the same words and filters. Raises
    CursorRefused for a cursor of another order.
    """
    if not wanted.asked.q.strip():
        counts = await _count_lines(wanted)
        conditions = _conditions(wanted, wanted.tab)
        return await listed(_QUEUE, wanted.asked, conditions, counts.on(wanted.tab)), counts
    late, asking = _late(wanted, ""), ("asking", ())
    tally = Tally(
        by="state",
        reads=("state", "due_at", "asking"),
        counts={"late": late, "asking": asking},
        shown=_on_tab(wanted.tab, late, asking, "state"),
    )
    page, found = await tallied(_QUEUE, wanted.asked, _conditions(wanted, ""), tally)
    counts = _counted(found)
    return msgspec.structs.replace(page, total=counts.on(wanted.tab)), counts


async def waiting_turns(scope: Scope, line: str) -> dict[str, WaitingTurn]:
    """Of the lines somebody has to verify, the nearest deadline first, the first and this one."""
    condition, values = scope.where("n.region_path")
    rows = await run(
        "SELECT * FROM (SELECT l.id, row_number() OVER w AS place, lag(l.id) OVER w AS before,"
        f" lead(l.id) OVER w AS after, count(*) OVER () AS n {LINES} WHERE l.state = 'submitted'"
        f"{condition} WINDOW w AS (ORDER BY l.due_at, l.id)) t WHERE t.place = 1 OR t.id = ?",
        *values,
        line,
    )
    return {turn.id: turn for turn in msgspec.convert(rows, list[WaitingTurn])}


async def count_few(scope: Scope, most: int) -> int:
    """How many lines somebody has to verify there, at most so many."""
    where, values = scope.where("place")
    # Not joined: SQLite would first look through every notice there is, for a filter.
    rows = await run(
        "SELECT count(*) AS n FROM (SELECT 1 FROM (SELECT (SELECT n.region_path FROM notice n"
        f" WHERE n.id = l.notice AND n.state IN ({ISSUED})) AS place FROM notice_line l"
        f" WHERE l.state = 'submitted') t WHERE place IS NOT NULL{where} LIMIT ?) few",
        *values,
        most,
    )
    return int(rows[0]["n"])


async def _count_lines(wanted: LinesWanted) -> QueueCounts:
    sql, values = _joined(_conditions(wanted, ""))
    late_sql, late_values = _late(wanted)
    # SQLite looks everything up that is joined, also what nobody asks for.
    source = _FROM if wanted.round else LINES
    rows = await run(
        f"SELECT l.state AS name, count(*) AS n, count(CASE WHEN {late_sql} THEN 1 END) AS late,"
        f" count(CASE WHEN {_ASKING} THEN 1 END) AS asking"
        f" {source} WHERE 1 = 1{sql} GROUP BY l.state",
        *late_values,
        *values,
    )
    return _counted(rows)


def _counted(rows: Rows) -> QueueCounts:
    counts = {str(row["name"]): int(row["n"]) for row in rows}
    late = sum(int(row["late"]) for row in rows)
    asking = sum(int(row["asking"]) for row in rows)
    return msgspec.convert({**counts, "overdue": late, "asking": asking}, QueueCounts)


def _conditions(wanted: LinesWanted, tab: str) -> list[Condition]:
    found: list[Condition] = [wanted.scope.where("n.region_path")]
    if wanted.item:
        found.append((" AND l.item = ?", (wanted.item,)))
    if wanted.round:
        found.append((" AND o.code = ?", (wanted.round,)))
    if wanted.store_kind:
        found.append((" AND n.store_kind = ?", (wanted.store_kind,)))
    found.append(_on_tab(tab, _late(wanted), (_ASKING, ()), "l.state"))
    return found


def _on_tab(tab: str, late: Condition, asking: Condition, state: str) -> Condition:
    if tab in ("overdue", "asking"):
        sql, values = late if tab == "overdue" else asking
        return f" AND {sql}", values
    return (f" AND {state} = ?", (tab,)) if tab else ("", ())


def _late(wanted: LinesWanted, table: str = "l.") -> Condition:
    late = f"{table}state IN ('open', 'returned') AND {table}due_at < ?"
    if not wanted.in_time:
        return late, (wanted.now,)
    listed = f" AND {table}id NOT IN ({marks(len(wanted.in_time))})"
    return late + listed, (wanted.now, *wanted.in_time)


def _joined(conditions: Sequence[Condition]) -> Condition:
    sql = "".join(each for each, _ in conditions)
    return sql, tuple(value for _, values in conditions for value in values)


_ASKING = (
    "l.state <> 'verified'"
    " AND l.id IN (SELECT e.line FROM line_extension e WHERE e.state = 'asked')"
)

ISSUED = "'issued', 'delivered', 'acknowledged', 'closed'"

LINES = f"FROM notice_line l JOIN notice n ON n.id = l.notice AND n.state IN ({ISSUED})"
"""Lines of notices their stores have."""

_FROM = (
    f"{LINES} LEFT JOIN store s ON s.id = n.store LEFT JOIN visit v ON v.id = n.visit"
    " LEFT JOIN round o ON o.id = n.round"
)
"""Every notice has its store, visit and round; an outer join is what a database may leave out
where nobody asks for them.
"""

_QUEUE = Listing(
    select="SELECT l.id, l.notice, coalesce(n.number, '') AS notice_number, l.number, l.item,"
    " l.section, l.severity, l.lost, l.problem, l.responsible, l.due_at, l.state,"
    " (SELECT count(*) FROM rectification_reply r WHERE r.line = l.id AND r.attempt IS NOT NULL)"
    " AS attempts, (SELECT max(r.received_at) FROM rectification_reply r WHERE r.line = l.id"
    f" AND r.attempt IS NOT NULL) AS replied_at, CASE WHEN {_ASKING} THEN TRUE ELSE FALSE END"
    " AS asking, v.rubric_version, n.region_path, s.code AS store_code, s.name AS store_name,"
    f" n.store_kind, o.code AS round_code {_FROM}",
    search=(
        "l.item",
        "l.problem",
        "l.responsible",
        # A line without the words is then put aside before its notice is looked up.
        Within(
            condition="l.notice IN (SELECT m.id FROM notice m WHERE {})",
            search=(
                "m.number",
                Within(
                    condition="m.store IN (SELECT x.id FROM store x WHERE {})",
                    search=("x.name", "x.code"),
                ),
            ),
        ),
    ),
    columns={
        "due": SortColumn("due_at", "time"),
        "store": SortColumn("store_name"),
        "item": SortColumn("item"),
        "lost": SortColumn("lost", "number"),
    },
    usual="due",
    key="l.id",
)
