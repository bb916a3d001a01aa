"""Lists of notices: the staff's by deadline, the store's own."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from inspection.domain.notice_state import OPEN_STATES, NoticeState
from inspection.domain.points import Hundredths
from inspection.persistence.places import Scope
from inspection.persistence.statements import marks, run


class NoticePlace(msgspec.Struct, frozen=True, array_like=True):
    """A place in the staff's list: drafts (0) before the rest (1), then by time, then by id."""

    group: Annotated[int, Meta(ge=0, le=1)]
    at: datetime
    id: str


class ListedNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in the staff's list."""

    id: str
    number: str | None
    state: NoticeState
    listed: int
    at: datetime
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
    lost: Hundredths


class NoticesWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which notices of a round to list. `state` is a state, "overdue" or empty for all."""

    round: str
    scope: Scope
    state: str
    now: datetime
    after: NoticePlace | None
    limit: int


class NoticeCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many notices are in each state; `overdue` counts open ones past their first deadline."""

    draft: int = 0
    issued: int = 0
    delivered: int = 0
    acknowledged: int = 0
    overdue: int = 0

    @property
    def opened(self) -> int:
        """Notices the store still owes something."""
        return self.issued + self.delivered + self.acknowledged


class StoresNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of a store that it may see, with what was said in it."""

    id: str
    state: NoticeState
    snapshot: str
    first_due_at: datetime
    pdf_sha256: str | None


async def list_notices(wanted: NoticesWanted) -> tuple[ListedNotice, ...]:
    """One page: drafts by age, then issued ones by their nearest deadline."""
    condition, values = _which(wanted)
    beyond = " WHERE (listed, at, id) > (?, ?, ?)" if wanted.after else ""
    rows = await run(
        f"SELECT c.*, {_LINES} FROM (SELECT * FROM ({_CORE}{condition}) a{beyond}"
        " ORDER BY listed, at, id LIMIT ?) c ORDER BY c.listed, c.at, c.id",
        *values,
        *((wanted.after.group, wanted.after.at, wanted.after.id) if wanted.after else ()),
        wanted.limit,
    )
    return msgspec.convert(rows, tuple[ListedNotice, ...])


async def count_notices(
    round_id: str, scope: Scope, now: datetime, store_kind: str = ""
) -> NoticeCounts:
    """How many notices of a round are in each state there, and how many of them are overdue."""
    condition, values = scope.where("region_path")
    kind = " AND store_kind = ?" if store_kind else ""
    # One walk tells both: with a region each entry has to be looked at anyhow.
    rows = await run(
        "SELECT state, count(*) AS notices, count(CASE WHEN first_due_at < ? THEN 1 END) AS late"
        f" FROM notice WHERE round = ?{kind}{condition} AND state IN ({_STATES}) GROUP BY state",
        now,
        round_id,
        *((store_kind,) if store_kind else ()),
        *values,
    )
    found = {NoticeState(row["state"]): row for row in rows}
    late = sum(int(row["late"]) for state, row in found.items() if state in OPEN_STATES)
    counts = {state.value: int(row["notices"]) for state, row in found.items()}
    return msgspec.convert({**counts, "overdue": late}, NoticeCounts)


async def notices_of_store(store: str, limit: int) -> tuple[StoresNotice, ...]:
    """What was issued to a store, latest first."""
    rows = await run(
        "SELECT id, state, snapshot, first_due_at, pdf_sha256 FROM notice"
        f" WHERE store = ? AND state IN ({marks(len(OPEN_STATES))})"
        " ORDER BY issued_at DESC, id LIMIT ?",
        store,
        *OPEN_STATES,
        limit,
    )
    return msgspec.convert(rows, tuple[StoresNotice, ...])


def _which(wanted: NoticesWanted) -> tuple[str, tuple[object, ...]]:
    condition, values = wanted.scope.where("n.region_path")
    if wanted.state == "overdue":
        states = tuple(state.value for state in OPEN_STATES)
        condition += f" AND n.state IN ({marks(len(states))}) AND n.first_due_at < ?"
        return condition, (wanted.round, *values, *states, wanted.now)
    if wanted.state:
        return condition + " AND n.state = ?", (wanted.round, *values, wanted.state)
    return condition, (wanted.round, *values)


_STATES = ", ".join(f"'{state.value}'" for state in NoticeState)

_CORE = (
    "SELECT n.id, n.number, n.state, CASE WHEN n.state = 'draft' THEN 0 ELSE 1 END AS listed,"
    " coalesce(n.first_due_at, n.drafted_at) AS at, n.first_due_at, n.drafted_at, n.issued_at,"
    " n.pdf_sha256, n.pdf_fault, n.region_path, s.code AS store_code, s.name AS store_name,"
    " n.store_kind FROM notice n JOIN store s ON s.id = n.store WHERE n.round = ?"
)

_LINES = (
    "(SELECT count(*) FROM notice_line l WHERE l.notice = c.id) AS lines,"
    " (SELECT count(*) FROM notice_line l WHERE l.notice = c.id AND l.severity = 'veto')"
    " AS veto_lines,"
    " CAST((SELECT coalesce(sum(l.lost), 0) FROM notice_line l WHERE l.notice = c.id) AS BIGINT)"
    " AS lost"
)
