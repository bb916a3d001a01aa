"""Lines of issued notices as the desk works through them: by what they wait for, by deadline."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.points import Hundredths
from inspection.domain.rectifications.rectification import LineState
from inspection.persistence.listing import ListedRows, Listing, SortColumn, Tally, listed, tallied
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications import line_counts
from inspection.persistence.rectifications.line_counts import ISSUED, Counting, QueueCounts
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


async def list_lines(wanted: LinesWanted) -> tuple[ListedRows, QueueCounts]:
    """One page, and how many lines are on each tab under the same words and filters. Raises
    CursorRefused for a cursor of another order.
    """
    if not wanted.asked.q.strip():
        counts = await line_counts.count_lines(_counting(wanted))
        if _is_walked(wanted):
            conditions = [_IS_ISSUED, *_conditions(wanted, wanted.tab, "coalesce(n.{}, '')")]
            page = await listed(_BY_DEADLINE, wanted.asked, conditions, counts.on(wanted.tab))
        else:
            conditions = _conditions(wanted, wanted.tab)
            page = await listed(_QUEUE, wanted.asked, conditions, counts.on(wanted.tab))
        return page, counts
    late, asking = _late(wanted, ""), ("asking", ())
    tally = Tally(
        by="state",
        reads=("state", "due_at", "asking"),
        counts={"late": late, "asking": asking},
        shown=_on_tab(wanted.tab, late, asking, "state"),
    )
    page, found = await tallied(_QUEUE, wanted.asked, _conditions(wanted, ""), tally)
    counts = line_counts.counted(found)
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


def _counting(wanted: LinesWanted) -> Counting:
    conditions = [*_of_notice(wanted)]
    if wanted.round:
        conditions.append((" AND o.code = ?", (wanted.round,)))
    return Counting(
        late=_late(wanted),
        asking=_ASKING,
        of_notice=_joined(conditions),
        of_line=(" AND l.item = ?", (wanted.item,)) if wanted.item else ("", ()),
    )


def _is_walked(wanted: LinesWanted) -> bool:
    """Whether a page is found soonest by going through the lines in the order of their deadlines:
    of one round, late or with a question there are few, and any other order has to be made.
    """
    few = wanted.round or wanted.tab in ("overdue", "asking")
    return not few and _QUEUE.order(wanted.asked.sort)[1].output == "due_at"


def _conditions(wanted: LinesWanted, tab: str, column: str = "n.{}") -> list[Condition]:
    found = _of_notice(wanted, column)
    if wanted.item:
        found.append((" AND l.item = ?", (wanted.item,)))
    if wanted.round:
        found.append((" AND o.code = ?", (wanted.round,)))
    found.append(_on_tab(tab, _late(wanted), (_ASKING, ()), "l.state"))
    return found


def _of_notice(wanted: LinesWanted, column: str = "n.{}") -> list[Condition]:
    found: list[Condition] = [wanted.scope.where(column.format("region_path"))]
    if wanted.store_kind:
        found.append((f" AND {column.format('store_kind')} = ?", (wanted.store_kind,)))
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

LINES = f"FROM notice_line l JOIN notice n ON n.id = l.notice AND n.state IN ({ISSUED})"
"""Lines of notices their stores have."""

_BESIDE = (
    " LEFT JOIN store s ON s.id = n.store LEFT JOIN visit v ON v.id = n.visit"
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
    f" n.store_kind, o.code AS round_code {LINES}{_BESIDE}",
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

_BY_DEADLINE = msgspec.structs.replace(
    _QUEUE,
    select=_QUEUE.select.replace(
        LINES, "FROM notice_line l LEFT JOIN notice n ON n.id = l.notice", 1
    ),
)
_IS_ISSUED: Condition = (f" AND coalesce(n.state, '') IN ({ISSUED})", ())
"""A notice is looked up for each line that comes by, and not the lines of every notice there is: so
both databases understand an outer join whose columns may be missing.
"""
