"""What waits for its release, round by round and visit by visit, and the batches that went out."""

from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.points import Hundredths
from inspection.domain.releases.release import BatchKind, ReleaseRule
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.releases.releases import VISITED_AT
from inspection.persistence.statements import run


class WaitingCount(msgspec.Struct, frozen=True, kw_only=True):
    """A round in which approved visits wait: how many, how many of them could go out now, how many
    are held back, and since when the first one waits.
    """

    code: str
    name_zh: str
    name_en: str
    visit_kind: str
    state: str
    pilot: bool
    disclose_day: bool
    release_rule: ReleaseRule
    release_day: int
    waiting: int
    ready: int
    held: int
    since: datetime


class WaitingVisit(msgspec.Struct, frozen=True, kw_only=True):
    """An approved visit that waits; `held_why` is empty while nobody holds it back."""

    id: str
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    total: Hundredths | None
    visited_at: datetime
    approved_at: datetime
    approver: str
    held_why: str
    held_by: str
    held_at: datetime | None


class WaitingPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of waiting visits."""

    rows: tuple[WaitingVisit, ...]
    total: int
    sort: str
    next_cursor: str | None


class BatchListed(msgspec.Struct, frozen=True, kw_only=True):
    """A batch that went out, or is going out."""

    round_code: str
    round_zh: str
    round_en: str
    key: str
    kind: BatchKind
    visits: int
    reason: str
    name: str
    made_at: datetime
    done_at: datetime | None


async def count_rounds(
    scope: Scope, visited_before: datetime, code: str = ""
) -> tuple[WaitingCount, ...]:
    """The rounds with waiting visits in a part of the tree, longest wait first; or only one."""
    where, values = scope.where("v.region_path")
    only = " AND r.code = ?" if code else ""
    rows = await run(
        "SELECT r.code, r.name_zh, r.name_en, r.visit_kind, r.state, r.pilot, r.disclose_day,"
        " r.release_rule, r.release_day, count(*) AS waiting, count(h.id) AS held,"
        f" count(CASE WHEN h.id IS NULL AND {VISITED_AT} < ? THEN 1 END) AS ready,"
        " min(v.reviewed_at) AS since FROM visit v JOIN round r ON r.id = v.round"
        f" LEFT JOIN release_hold h ON h.visit = v.id WHERE v.state = 'approved'{where}{only}"
        " GROUP BY r.code, r.name_zh, r.name_en, r.visit_kind, r.state, r.pilot, r.disclose_day,"
        " r.release_rule, r.release_day ORDER BY since, r.code",
        visited_before,
        *values,
        *((code,) if code else ()),
    )
    return msgspec.convert(rows, tuple[WaitingCount, ...], strict=False)


async def list_waiting(asked: ListAsked, scope: Scope, code: str) -> WaitingPage:
    """One page of a round's waiting visits in a part of the tree."""
    conditions = [(" AND r.code = ?", (code,)), scope.where("v.region_path")]
    found = await listed(WAITING, asked, conditions)
    return WaitingPage(
        rows=msgspec.convert(found.rows, tuple[WaitingVisit, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def latest_batches(scope: Scope, limit: int, code: str = "") -> tuple[BatchListed, ...]:
    """The latest batches of rounds with stores in a part of the tree; or only of one round."""
    where, values = scope.where("v.region_path")
    only = " AND r.code = ?" if code else ""
    rows = await run(
        "SELECT r.code AS round_code, r.name_zh AS round_zh, r.name_en AS round_en, b.key, b.kind,"
        " b.visits, b.reason, coalesce(a.name, '') AS name, b.made_at, b.done_at"
        " FROM release_batch b JOIN round r ON r.id = b.round"
        " LEFT JOIN account a ON a.id = b.made_by"
        f" WHERE EXISTS (SELECT 1 FROM visit v WHERE v.round = r.id{where}){only}"
        " ORDER BY b.made_at DESC, b.id LIMIT ?",
        *values,
        *((code,) if code else ()),
        limit,
    )
    return msgspec.convert(rows, tuple[BatchListed, ...])


WAITING = Listing(
    select="SELECT v.id, s.code AS store_code, s.name AS store_name, s.kind AS store_kind,"
    f" v.region_path, v.total, {VISITED_AT} AS visited_at, v.reviewed_at AS approved_at,"
    " coalesce(a.name, '') AS approver, coalesce(h.reason, '') AS held_why,"
    " coalesce(b.name, '') AS held_by, h.held_at"
    " FROM visit v JOIN store s ON s.id = v.store JOIN round r ON r.id = v.round"
    " AND v.state = 'approved' LEFT JOIN account a ON a.id = v.reviewed_by"
    " LEFT JOIN release_hold h ON h.visit = v.id LEFT JOIN account b ON b.id = h.held_by",
    search=("s.code", "s.name"),
    columns={
        "approved": SortColumn("approved_at", "time"),
        "store": SortColumn("store_code"),
    },
    usual="approved",
    key="v.id",
)
