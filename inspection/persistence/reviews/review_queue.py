"""The queue of visits that wait for a decision, and those that went back to their inspectors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.points import Hundredths
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed, neighbours
from inspection.persistence.people.places import Scope
from inspection.persistence.reviews.reviews import LAST_RETURN, ROUND, STORE
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run

Waiting = Literal["submitted", "returned"]


class WaitingVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit in the queue. `inspector` is the pseudonym, `flags` JSON; `due_at` is when a returned
    one should be back.
    """

    id: str
    attempt: int
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    round_code: str
    round_zh: str
    round_en: str
    visit_kind: str
    round_state: str
    inspector: str
    total: Hundredths | None
    lost: Hundredths
    outcome: str
    flags: str
    received_at: datetime
    complete: bool
    due_at: datetime | None = None


class QueueWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which visits; empty means any. `received_by` leaves those that came before then, `again`
    those that were returned before.
    """

    scope: Scope
    state: Waiting = "submitted"
    round: str = ""
    flag: str = ""
    received_by: datetime | None = None
    again: bool = False


class QueueCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many visits wait, how many since before a moment, how many went back, how many of those
    are overdue.
    """

    waiting: int
    long: int
    returned: int
    overdue: int


async def list_queue(
    wanted: QueueWanted, asked: ListAsked
) -> tuple[tuple[WaitingVisit, ...], ListedRows]:
    """One page, and what its pager needs."""
    found = await listed(_LISTINGS[wanted.state], asked, _conditions(wanted))
    return msgspec.convert(found.rows, tuple[WaitingVisit, ...]), found


async def beside(
    wanted: QueueWanted, asked: ListAsked, visit: str
) -> tuple[str | None, str | None]:
    """The visits before and after one in that order, whether it still is in the queue or not;
    after the last one comes the first.
    """
    listing = _LISTINGS["submitted"]
    before, after = await neighbours(listing, asked, _conditions(wanted), visit)
    if after is not None:
        return before, after
    first = await listed(listing, _first(asked), _conditions(wanted))
    others = [str(row["id"]) for row in first.rows if row["id"] != visit]
    return before, others[0] if others else None


async def count_queue(scope: Scope, now: datetime, long_since: datetime) -> QueueCounts:
    """What there is in all, whatever is filtered."""
    where, values = scope.where("v.region_path")
    waiting = await run(
        "SELECT count(*) AS n, count(CASE WHEN v.received_at < ? THEN 1 END) AS late"
        f" FROM visit v WHERE v.state = 'submitted'{where}",
        long_since,
        *values,
    )
    returned = await run(
        "SELECT count(*) AS n, count(CASE WHEN w.due_at < ? THEN 1 END) AS late"
        f" FROM visit v LEFT JOIN review w ON w.id = {LAST_RETURN}"
        f" WHERE v.state = 'returned'{where}",
        now,
        *values,
    )
    return QueueCounts(
        waiting=int(waiting[0]["n"]),
        long=int(waiting[0]["late"]),
        returned=int(returned[0]["n"]),
        overdue=int(returned[0]["late"]),
    )


async def count_few(scope: Scope, most: int) -> int:
    """How many visits wait there, at most so many: as dear as that many, however many there are."""
    where, values = scope.where("region_path")
    rows = await run(
        "SELECT count(*) AS n FROM (SELECT 1 FROM visit"
        f" WHERE state = 'submitted'{where} LIMIT ?) few",
        *values,
        most,
    )
    return int(rows[0]["n"])


async def missing_photos(visits: Sequence[str]) -> dict[str, int]:
    """How many photos of each of these visits are not clean yet; those with none are left out."""
    if not visits:
        return {}
    rows = await run(
        "SELECT vp.visit, count(*) AS n FROM visit_photo vp"
        " LEFT JOIN photo p ON p.sha256 = vp.sha256"
        f" WHERE vp.visit IN ({marks(len(visits))}) AND (p.state IS NULL OR p.state <> 'clean')"
        " GROUP BY vp.visit",
        *visits,
    )
    return {str(row["visit"]): int(row["n"]) for row in rows}


async def rounds_waiting(scope: Scope) -> tuple[tuple[str, str, str], ...]:
    """`(code, zh, en)` of the rounds that have visits in the queue, latest first."""
    where, values = scope.where("v.region_path")
    rows = await run(
        "SELECT r.code, r.name_zh, r.name_en FROM round r WHERE r.id IN (SELECT v.round"
        f" FROM visit v WHERE v.state IN ('submitted', 'returned'){where})"
        " ORDER BY r.starts_on DESC, r.code",
        *values,
    )
    return tuple((str(row["code"]), str(row["name_zh"]), str(row["name_en"])) for row in rows)


def _first(asked: ListAsked) -> ListAsked:
    return msgspec.structs.replace(asked, cursor="", size=2)


def _conditions(wanted: QueueWanted) -> list[Condition]:
    conditions: list[Condition] = [
        (" AND v.state = ?", (wanted.state,)),
        wanted.scope.where("v.region_path"),
    ]
    if wanted.round:
        conditions.append((" AND r.code = ?", (wanted.round,)))
    if wanted.flag:
        conditions.append((" AND v.flags LIKE ?", (f'%"{wanted.flag}"%',)))
    if wanted.received_by:
        conditions.append((" AND v.received_at <= ?", (wanted.received_by,)))
    if wanted.again:
        conditions.append((" AND v.attempt > 1", ()))
    return conditions


_FIELDS = (
    f"v.id, v.attempt, {STORE}, v.region_path, {ROUND}, a.pseudonym AS inspector, v.total,"
    " coalesce(v.total, -1) AS points, v.lost, v.outcome, v.flags, v.received_at, v.complete"
)
_FROM = (
    " FROM visit v JOIN store s ON s.id = v.store JOIN round r ON r.id = v.round"
    " JOIN account a ON a.id = v.inspector"
)
_SEARCH = ("s.code", "s.name", "a.pseudonym")
_COLUMNS = {
    "received": SortColumn("received_at", "time"),
    "score": SortColumn("points", "number"),
    "lost": SortColumn("lost", "number"),
    "store": SortColumn("store_code"),
    "inspector": SortColumn("inspector"),
}
_LISTINGS = {
    "submitted": Listing(
        select=f"SELECT {_FIELDS}{_FROM}", search=_SEARCH, columns=_COLUMNS, usual="received"
    ),
    "returned": Listing(
        select=f"SELECT {_FIELDS}, coalesce(w.due_at, v.received_at) AS due_at"
        f"{_FROM} LEFT JOIN review w ON w.id = {LAST_RETURN}",
        search=_SEARCH,
        columns={**_COLUMNS, "due": SortColumn("due_at", "time")},
        usual="due",
    ),
}
