"""The queue of submitted visits, longest wait first."""

from datetime import datetime

import msgspec

from inspection.domain.points import Hundredths
from inspection.persistence.places import Scope
from inspection.persistence.reviews import MISSING, ROUND, STORE
from inspection.persistence.statements import run


class WaitingPlace(msgspec.Struct, frozen=True, array_like=True):
    """A place in the queue: how long the visit before it has waited, and its id."""

    received_at: datetime
    visit: str


class WaitingVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A submitted visit in the queue. `inspector` is the pseudonym, `flags` JSON."""

    visit: str
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
    missing_photos: int


async def waiting_visits(
    scope: Scope, after: WaitingPlace | None, limit: int
) -> tuple[WaitingVisit, ...]:
    """Submitted visits of a part of the org tree, longest wait first."""
    where, values = scope.where("v.region_path")
    beyond = " AND (v.received_at, v.id) > (?, ?)" if after else ""
    rows = await run(
        f"{_WAITING}{where}{beyond} ORDER BY v.received_at, v.id LIMIT ?",
        *values,
        *((after.received_at, after.visit) if after else ()),
        limit,
    )
    return msgspec.convert(rows, tuple[WaitingVisit, ...])


async def count_waiting(scope: Scope) -> int:
    """How many submitted visits wait there."""
    where, values = scope.where("region_path")
    rows = await run(f"SELECT count(*) AS n FROM visit WHERE state = 'submitted'{where}", *values)
    return int(rows[0]["n"])


async def next_waiting(scope: Scope, place: WaitingPlace) -> str | None:
    """The visit that has waited longest after this one, or the first of the queue."""
    for after in (place, None):
        for row in await waiting_visits(scope, after, 2):
            if row.visit != place.visit:
                return row.visit
    return None


_WAITING = (
    f"SELECT v.id AS visit, v.attempt, {STORE}, v.region_path, {ROUND}, a.pseudonym AS inspector,"
    f" v.total, v.lost, v.outcome, v.flags, v.received_at, v.complete, {MISSING}"
    " FROM visit v JOIN store s ON s.id = v.store JOIN round r ON r.id = v.round"
    " JOIN account a ON a.id = v.inspector WHERE v.state = 'submitted'"
)
