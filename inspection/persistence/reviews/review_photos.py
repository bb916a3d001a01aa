"""Photos a reviewer compares with: of the same item, from earlier visits to the same store."""

from datetime import datetime

import msgspec

from inspection.persistence.reviews.reviews import ROUND, ReviewedVisit
from inspection.persistence.statements import run


class EarlierPhotoRow(msgspec.Struct, frozen=True, kw_only=True):
    """A clean photo of an item from an earlier visit, with its round."""

    visit: str
    sha256: str
    taken_at: datetime | None
    round_code: str
    round_zh: str
    round_en: str
    round_state: str
    visit_kind: str


async def earlier_photos(
    visit: ReviewedVisit, item: str, limit: int
) -> tuple[EarlierPhotoRow, ...]:
    """The latest photos of an item from rounds before this one, at the same store."""
    rows = await run(
        f"SELECT v.id AS visit, vp.sha256, vp.taken_at, {ROUND}"
        " FROM visit v JOIN round r ON r.id = v.round"
        " JOIN visit_photo vp ON vp.visit = v.id AND vp.item = ? AND vp.marked_from IS NULL"
        " JOIN photo p ON p.sha256 = vp.sha256 AND p.state = 'clean'"
        " WHERE v.store = ? AND v.round <> ? AND v.state IN ('approved', 'published', 'locked')"
        " AND r.starts_on < (SELECT starts_on FROM round WHERE id = ?)"
        " ORDER BY r.starts_on DESC, v.received_at DESC, vp.position LIMIT ?",
        item,
        visit.store,
        visit.round,
        visit.round,
        limit,
    )
    return msgspec.convert(rows, tuple[EarlierPhotoRow, ...])
