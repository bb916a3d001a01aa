"""Photos that look like others: kept by bands, so that near ones are found by exact matches."""

from collections.abc import Sequence

import msgspec

from inspection.domain.photos.likeness import distance, slots
from inspection.domain.visits.visit_hints import LIKE_BITS
from inspection.persistence.statements import marks, run, write_many


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of another visit that looks like one of this: how many bits differ, and where."""

    sha256: str
    bits: int
    store: str
    visit: str


async def keep_likeness(sha256: str, likeness: str) -> None:
    """Keep what a photo looks like."""
    await write_many(
        "INSERT INTO photo_band (slot, sha256, bits) VALUES (?, ?, ?)",
        [(slot, sha256, likeness) for slot in slots(likeness)],
    )


async def likenesses_of(photos: Sequence[str]) -> dict[str, str]:
    """What these photos look like; those that look like nothing in particular are left out."""
    if not photos:
        return {}
    rows = await run(
        f"SELECT DISTINCT sha256, bits FROM photo_band WHERE sha256 IN ({marks(len(photos))})",
        *photos,
    )
    return {str(row["sha256"]): str(row["bits"]) for row in rows}


async def seen_elsewhere(photos: Sequence[str], visit: str) -> tuple[Seen, ...]:
    """Which of these photos look like others that another visit names, the nearest first. The very
    same photo is no likeness.
    """
    mine = await likenesses_of(photos)
    near: dict[str, tuple[int, str]] = {}
    for other, bits in (await candidates(tuple(mine.values()))).items():
        nearest = min((distance(own, bits), sha256) for sha256, own in mine.items())
        if other not in photos and nearest[0] <= LIKE_BITS:
            near[other] = nearest
    if not near:
        return ()
    rows = await run(
        "SELECT DISTINCT vp.sha256, s.name, v.id AS visit FROM visit_photo vp"
        " JOIN visit v ON v.id = vp.visit"
        f" JOIN store s ON s.id = v.store WHERE vp.sha256 IN ({marks(len(near))})"
        " AND vp.visit <> ?",
        *near,
        visit,
    )
    found = (
        Seen(
            sha256=near[row["sha256"]][1],
            bits=near[row["sha256"]][0],
            store=str(row["name"]),
            visit=str(row["visit"]),
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda seen: (seen.bits, seen.store, seen.visit)))


async def candidates(likenesses: Sequence[str]) -> dict[str, str]:
    """Every photo that has a band in common with one of these, and what it looks like: one question
    for all photos of a visit.
    """
    wanted = sorted({slot for likeness in likenesses for slot in slots(likeness)})
    if not wanted:
        return {}
    rows = await run(
        f"SELECT DISTINCT sha256, bits FROM photo_band WHERE slot IN ({marks(len(wanted))})",
        *wanted,
    )
    return {str(row["sha256"]): str(row["bits"]) for row in rows}
