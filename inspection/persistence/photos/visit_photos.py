"""The manifest of a visit's attempt: which photo belongs to which item."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.photos.photo import CopyKind
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, marks, run, write_many


class VisitPhotoRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a manifest."""

    id: str
    visit: str
    item: str
    position: int
    sha256: str
    origin: str
    taken_at: datetime | None
    marked_from: str | None


class WaitingVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that names a photo. `flags` is JSON."""

    id: str
    attempt: int
    complete: bool
    flags: str


class PhotoPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a visit's photo is kept and who may ask for it."""

    region_path: str
    inspector: str
    state: str
    digest: str | None


async def add_visit_photos(rows: Sequence[VisitPhotoRow]) -> None:
    """Keep a manifest."""
    await write_many(_ADD, [msgspec.structs.astuple(row) for row in rows])


async def reused_elsewhere(photos: Sequence[str], visit: str) -> tuple[dict[str, str], ...]:
    """Another visit that names it too for each of these photos: `store`, by name, and `visit`."""
    rows = await run(
        "SELECT vp.sha256, s.name, v.id AS visit FROM visit_photo vp"
        " JOIN visit v ON v.id = vp.visit"
        f" JOIN store s ON s.id = v.store WHERE vp.sha256 IN ({marks(len(photos))})"
        " AND vp.visit <> ? ORDER BY vp.sha256, s.name DESC, v.id DESC",
        *photos,
        visit,
    )
    first = {row["sha256"]: {"store": str(row["name"]), "visit": str(row["visit"])} for row in rows}
    return tuple(first.values())


async def lock_visits_naming(sha256: str) -> tuple[WaitingVisit, ...]:
    """The visits that name a photo, kept from changing until the transaction ends."""
    rows = await run(
        "SELECT id, attempt, complete, flags FROM visit"
        " WHERE id IN (SELECT visit FROM visit_photo WHERE sha256 = ?) ORDER BY id"
        + for_update_clause(),
        sha256,
    )
    return msgspec.convert(rows, tuple[WaitingVisit, ...])


async def note_complete(visit: str) -> bool:
    """Mark a visit complete if every photo it names is clean. False when not, or when it was."""
    rows = await run(
        "UPDATE visit SET complete = TRUE WHERE id = ? AND complete = FALSE AND NOT EXISTS ("
        "SELECT 1 FROM visit_photo vp JOIN photo p ON p.sha256 = vp.sha256"
        " WHERE vp.visit = visit.id AND p.state <> 'clean') RETURNING id",
        visit,
    )
    return bool(rows)


async def note_flags(visit: str, flags: str) -> None:
    """Replace a visit's flags."""
    await run("UPDATE visit SET flags = ? WHERE id = ?", flags, visit)


async def find_place(visit: str, sha256: str, kind: CopyKind) -> PhotoPlace | None:
    """Where the clean copy of a visit's photo is, or None when the visit does not name it."""
    rows = await run(
        f"SELECT v.region_path, v.inspector, p.state, p.{kind}_sha256 AS digest"
        " FROM visit_photo vp JOIN visit v ON v.id = vp.visit JOIN photo p ON p.sha256 = vp.sha256"
        " WHERE vp.visit = ? AND vp.sha256 = ? LIMIT 1",
        visit,
        sha256,
    )
    return msgspec.convert(rows[0], PhotoPlace) if rows else None


_ADD = insertion("visit_photo", VisitPhotoRow)
