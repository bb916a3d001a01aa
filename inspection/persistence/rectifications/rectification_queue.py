"""Lines of issued notices as the desk works through them: by what they wait for, by deadline."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.points import Hundredths
from inspection.domain.rectifications.rectification import LineState
from inspection.persistence.listing import ListedRows, Listing, listed, listed_up_to
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications import line_counts
from inspection.persistence.rectifications.line_counts import ISSUED, Counting, QueueCounts
from inspection.persistence.rectifications.line_listings import (
    ASKING,
    BY_LINE,
    BY_NOTICE,
    BY_ROUND,
    BY_STORE,
    LINES,
    STORE_HAS,
    line_of,
    round_has,
)
from inspection.persistence.searching import Condition, searched
from inspection.persistence.statements import marks, run

MOST = 500
"""So many lines that answer to words or an item are counted, of all years there are."""


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
    """One page, and how many lines are on each tab under the same words and filters; settled ones
    that answer to words or an item are told on their own tab alone. Raises CursorRefused for a
    cursor of another order.
    """
    counts = await line_counts.count_lines(_counting(wanted))
    listing, conditions = _way(wanted)
    if counts.verified is not None or wanted.tab not in _SETTLED:
        return await listed(listing, wanted.asked, conditions, counts.on(wanted.tab)), counts
    page = await listed_up_to(listing, wanted.asked, conditions, MOST)
    if wanted.tab:
        counts = msgspec.structs.replace(counts, verified=page.total)
    return page, counts


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
    conditions = _of_notice(wanted, "n.{}")
    if wanted.round:
        conditions.append((" AND o.code = ?", (wanted.round,)))
    return Counting(
        late=_late(wanted),
        asking=ASKING,
        of_notice=_joined(conditions),
        of_line=_joined([_of_item(wanted), searched(BY_NOTICE.search, wanted.asked.q)]),
    )


def _way(wanted: LinesWanted) -> tuple[Listing, list[Condition]]:
    """How a page is found soonest: of one round, late or with a question there are few lines, and
    any order has to be made; else the lines are in it already.
    """
    order = BY_NOTICE.order(wanted.asked.sort)[1].output
    of_line = [_of_item(wanted), _on_tab(wanted)]
    single = wanted.tab not in ("overdue", "asking") and order == "due_at"
    if wanted.round:
        return BY_ROUND, [round_has(wanted.round), *_of_notice(wanted, "n.{}"), *of_line]
    if not (single or wanted.tab in _SETTLED):
        return BY_NOTICE, [*_of_notice(wanted, "n.{}"), *of_line]
    if order == "store_name":
        return BY_STORE, [STORE_HAS, *_of_notice(wanted, "n.{}"), *of_line]
    return BY_LINE, [*of_line, line_of(_joined(_of_notice(wanted, "m.{}")))]


def _of_notice(wanted: LinesWanted, column: str) -> list[Condition]:
    found: list[Condition] = [wanted.scope.where(column.format("region_path"))]
    if wanted.store_kind:
        found.append((f" AND {column.format('store_kind')} = ?", (wanted.store_kind,)))
    return found


def _of_item(wanted: LinesWanted) -> Condition:
    return (" AND l.item = ?", (wanted.item,)) if wanted.item else _ALL


def _on_tab(wanted: LinesWanted) -> Condition:
    if wanted.tab == "overdue":
        sql, values = _late(wanted)
        return f" AND {sql}", values
    if wanted.tab == "asking":
        return f" AND {ASKING}", ()
    return (" AND l.state = ?", (wanted.tab,)) if wanted.tab else _ALL


def _late(wanted: LinesWanted) -> Condition:
    late = "l.state IN ('open', 'returned') AND l.due_at < ?"
    if not wanted.in_time:
        return late, (wanted.now,)
    listed = f" AND l.id NOT IN ({marks(len(wanted.in_time))})"
    return late + listed, (wanted.now, *wanted.in_time)


def _joined(conditions: Sequence[Condition]) -> Condition:
    sql = "".join(each for each, _ in conditions)
    return sql, tuple(value for _, values in conditions for value in values)


_ALL: Condition = ("", ())
_SETTLED = ("", "verified")
"""Tabs with the lines of all years."""
