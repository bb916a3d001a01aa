"""Visits as their inspector sees them afterwards."""

from datetime import datetime

import msgspec

from inspection.persistence.reviews.reviews import LAST_RETURN, TOLD
from inspection.persistence.statements import run


class VisitListed(msgspec.Struct, frozen=True, kw_only=True):
    """A visit in its inspector's list. `missing_photos` counts those not here yet."""

    id: str
    attempt: int
    state: str
    complete: bool
    store_code: str
    store_name: str
    store_kind: str
    round_code: str
    round_zh: str
    round_en: str
    total: int | None
    lost: int
    outcome: str
    received_at: datetime
    missing_photos: int


class VisitFound(VisitListed, frozen=True, kw_only=True):
    """A visit with who may see it. Card, receipt and submission are JSON as they were written."""

    region_path: str
    inspector: str
    scorecard: str
    receipt: str | None
    submission: str | None
    return_reason: str | None


class NamedPhoto(msgspec.Struct, frozen=True):
    """A photo a visit names, and where it is."""

    sha256: str
    state: str


async def list_visits(inspector: str) -> tuple[VisitListed, ...]:
    """An inspector's own visits, latest first."""
    rows = await run(
        f"SELECT {_LISTED} FROM {_JOINED} WHERE v.inspector = ?"
        " ORDER BY v.received_at DESC, v.id LIMIT 500",
        inspector,
    )
    return msgspec.convert(rows, tuple[VisitListed, ...])


async def find_visit(visit: str) -> VisitFound | None:
    """One visit with the attempt that counts, or None."""
    rows = await run(
        f"SELECT {_LISTED}, v.region_path, v.inspector, c.body AS scorecard, su.receipt,"
        f" su.body AS submission, {TOLD} AS return_reason FROM {_JOINED}"
        " JOIN visit_scorecard c ON c.visit = v.id AND c.attempt = v.attempt"
        " LEFT JOIN submission su ON su.visit = v.id AND su.attempt = v.attempt"
        f" LEFT JOIN review w ON v.state = 'returned' AND w.id = {LAST_RETURN}"
        " WHERE v.id = ? ORDER BY c.revision DESC LIMIT 1",
        visit,
    )
    return msgspec.convert(rows[0], VisitFound) if rows else None


async def list_photos(visit: str) -> tuple[NamedPhoto, ...]:
    """The photos a visit names, each once, in the order of its manifest."""
    rows = await run(
        "SELECT vp.sha256, p.state FROM visit_photo vp JOIN photo p ON p.sha256 = vp.sha256"
        " WHERE vp.visit = ? GROUP BY vp.sha256, p.state"
        " ORDER BY min(vp.item), min(vp.position)",
        visit,
    )
    return msgspec.convert(rows, tuple[NamedPhoto, ...])


_LISTED = (
    "v.id, v.attempt, v.state, v.complete, s.code AS store_code, s.name AS store_name,"
    " s.kind AS store_kind, r.code AS round_code, r.name_zh AS round_zh, r.name_en AS round_en,"
    " v.total, v.lost, v.outcome, v.received_at, (SELECT count(DISTINCT vp.sha256)"
    " FROM visit_photo vp JOIN photo p ON p.sha256 = vp.sha256"
    " WHERE vp.visit = v.id AND p.state = 'receiving') AS missing_photos"
)
_JOINED = "visit v JOIN store s ON s.id = v.store JOIN round r ON r.id = v.round"
