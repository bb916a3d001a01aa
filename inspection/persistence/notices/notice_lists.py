"""The staff's list of notices, searched, sorted and paged."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.notices.notice_state import OPEN_STATES, NoticeState
from inspection.domain.points import Hundredths
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications.line_pauses import PAUSED
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run


class ListedNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in the staff's list; `owed` counts the lines its store still has to act on."""

    id: str
    number: str | None
    state: NoticeState
    clock: str
    first_due_at: datetime | None
    drafted_at: datetime
    issued_at: datetime | None
    pdf_sha256: str | None
    pdf_fault: str
    region_path: str
    store_code: str
    store_name: str
    store_kind: str
    lines: int
    veto_lines: int
    owed: int
    lost: Hundredths


class NoticesWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which notices of a round to list. `state` is a state, "overdue" or empty for all; no kind of
    store means every kind. `in_time` are lines that pauses gave more time than their deadline says.
    """

    round: str
    scope: Scope
    now: datetime
    asked: ListAsked
    state: str = ""
    store_kind: str = ""
    in_time: tuple[str, ...] = ()


class NoticeRows(msgspec.Struct, frozen=True, kw_only=True):
    """One page of notices."""

    rows: tuple[ListedNotice, ...]
    total: int
    sort: str
    next_cursor: str | None


class NoticeCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many notices are in each state; `overdue` counts open ones with a line that is late."""

    draft: int = 0
    pending_signoff: int = 0
    issued: int = 0
    delivered: int = 0
    acknowledged: int = 0
    closed: int = 0
    void: int = 0
    superseded: int = 0
    overdue: int = 0

    def on(self, state: str) -> int:
        """How many a tab has; without a name, how many there are."""
        return int(getattr(self, state)) if state else sum(self.by_state().values())

    def by_state(self) -> dict[str, int]:
        """The counts that leave nothing out and nothing twice."""
        return {state.value: int(getattr(self, state.value)) for state in NoticeState}

    @property
    def opened(self) -> int:
        """Notices the store still owes something."""
        return self.issued + self.delivered + self.acknowledged


async def list_notices(wanted: NoticesWanted, counts: NoticeCounts) -> NoticeRows:
    """One page, usually drafts by age, then issued ones by their nearest deadline; `counts` are
    those of the same round and place. Raises CursorRefused for a cursor of another order.
    """
    total = None if wanted.asked.q.strip() else counts.on(wanted.state)
    found = await listed(_LIST, wanted.asked, _which(wanted), total)
    lines = await _lines_of(tuple(str(row["id"]) for row in found.rows))
    rows = [{**row, **lines[str(row["id"])]} for row in found.rows]
    return NoticeRows(
        rows=msgspec.convert(rows, tuple[ListedNotice, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def count_notices(wanted: NoticesWanted) -> NoticeCounts:
    """How many notices of a round are in each state there, and how many of them are overdue."""
    condition, values = wanted.scope.where("region_path")
    kind = " AND store_kind = ?" if wanted.store_kind else ""
    is_late, values_of_late = late_line(wanted.now, wanted.in_time)
    # One walk tells both: with a region each entry has to be looked at anyhow.
    rows = await run(
        f"SELECT state, count(*) AS notices, count(CASE WHEN first_due_at < ? AND {is_late}"
        " THEN 1 END) AS late FROM notice n"
        f" WHERE round = ?{kind}{condition} AND state IN ({_STATES}) GROUP BY state",
        wanted.now,
        *values_of_late,
        wanted.round,
        *((wanted.store_kind,) if wanted.store_kind else ()),
        *values,
    )
    found = {NoticeState(row["state"]): row for row in rows}
    late = sum(int(row["late"]) for state, row in found.items() if state in OPEN_STATES)
    counts = {state.value: int(row["notices"]) for state, row in found.items()}
    return msgspec.convert({**counts, "overdue": late}, NoticeCounts)


async def count_unsigned(scope: Scope, account: str, most: int) -> int:
    """How many wait there for a signature of somebody else than who wrote them, at most so many."""
    condition, values = scope.where("region_path")
    rows = await run(
        "SELECT count(*) AS n FROM (SELECT 1 FROM notice WHERE state = 'pending_signoff'"
        f" AND coalesce(edited_by, drafted_by) <> ?{condition}"
        " LIMIT ?) few",
        account,
        *values,
        most,
    )
    return int(rows[0]["n"])


async def _lines_of(notices: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """How many lines these notices have, and what they cost: of the rows shown alone."""
    counts: dict[str, dict[str, object]] = {id: dict(_NO_LINES) for id in notices}
    if not notices:
        return counts
    rows = await run(
        "SELECT notice, count(*) AS lines, CAST(sum(lost) AS BIGINT) AS lost,"
        " count(CASE WHEN severity = 'veto' THEN 1 END) AS veto_lines,"
        f" {_OWED} AS owed FROM notice_line WHERE notice IN ({marks(len(notices))})"
        " GROUP BY notice",
        *notices,
    )
    return counts | {str(row.pop("notice")): row for row in rows}


def _which(wanted: NoticesWanted) -> Sequence[Condition]:
    found: list[Condition] = [
        (" AND n.round = ?", (wanted.round,)),
        wanted.scope.where("n.region_path"),
    ]
    if wanted.state == "overdue":
        states = tuple(state.value for state in OPEN_STATES)
        line, values = late_line(wanted.now, wanted.in_time)
        late = f" AND n.state IN ({marks(len(states))}) AND n.first_due_at < ? AND {line}"
        found.append((late, (*states, wanted.now, *values)))
    elif wanted.state:
        found.append((" AND n.state = ?", (wanted.state,)))
    if wanted.store_kind:
        found.append((" AND n.store_kind = ?", (wanted.store_kind,)))
    return found


def late_line(now: datetime, in_time: tuple[str, ...]) -> Condition:
    """The store of a notice `n` still has to act on a line past its deadline, and no appeal stops
    its clock or gave it time enough, as it did to the lines `in_time`.
    """
    but = f" AND l.id NOT IN ({marks(len(in_time))})" if in_time else ""
    late = f"EXISTS (SELECT 1 {_ACTED_ON.format(f' AND l.due_at < ?{but}')})"
    return late, (now, *in_time)


_STATES = ", ".join(f"'{state.value}'" for state in NoticeState)

_OPEN = ", ".join(f"'{state.value}'" for state in OPEN_STATES)

_ACTED_ON = (
    "FROM notice_line l WHERE l.notice = n.id AND l.state IN ('open', 'returned'){0}"
    f" AND NOT {PAUSED}"
)

_OWED = "count(CASE WHEN state IN ('open', 'returned') THEN 1 END)"

_DUE = (
    "CASE WHEN n.number IS NULL THEN r.created_at WHEN n.state IN (" + _OPEN + ")"
    " AND n.clock <> '' THEN n.first_due_at ELSE '{0}-01-01 00:00:00+00:00' END"
)

_NO_LINES = {"lines": 0, "veto_lines": 0, "lost": 0, "owed": 0}

# Drafts have no deadline yet and come first: no notice is due before its round was made. Those of
# which nothing is owed have none any more and come last, from the nearest deadline on and back.
_LIST = Listing(
    select=(
        f"SELECT n.id, n.number, n.state, n.clock, {_DUE.format('2199')} AS due,"
        f" {_DUE.format('2000')} AS due_back,"
        " coalesce(n.issued_at, n.drafted_at) AS issued, n.first_due_at, n.drafted_at,"
        " n.issued_at, n.pdf_sha256, n.pdf_fault, n.region_path, s.code AS store_code,"
        " s.name AS store_name, n.store_kind FROM notice n JOIN store s ON s.id = n.store"
        " JOIN round r ON r.id = n.round"
    ),
    search=("s.code", "s.name", "coalesce(n.number, '')"),
    columns={
        "due": SortColumn("due", "time", down="due_back"),
        "issued": SortColumn("issued", "time"),
        "store": SortColumn("store_code"),
    },
    usual="due",
    key="n.id",
)
