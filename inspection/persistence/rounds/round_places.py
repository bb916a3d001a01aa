"""Where a round counts a store: where the store is, unless it moved since; then where it was."""

from collections.abc import Sequence
from datetime import date

from inspection.domain.org.region_path import code_of
from inspection.persistence.locking import for_update_alone_clause
from inspection.persistence.statements import marks, run

JOIN = " LEFT JOIN round_place p ON p.round = {0} AND p.store = s.id"
"""What a query joins beside a store `s`; `{0}` is the round."""

PLACE = "COALESCE(p.region_path, s.region_path)"
"""The path of the store in that round."""


async def path_then(round_id: str, path: str) -> str:
    """The path under which a round counts a region: another where the region has moved since."""
    rows = await run(
        "SELECT p.region_path AS path FROM round_place p WHERE p.round = ? AND p.region_path LIKE ?"
        " ORDER BY p.region_path LIMIT 1",
        round_id,
        f"%/{code_of(path)}/",
    )
    return str(rows[0]["path"]) if rows else path


async def keep_places_of_stores(stores: Sequence[str], today: date) -> None:
    """Let rounds go on counting stores that are about to move where they are now: rounds that are
    over, and those the store was visited in.
    """
    if stores:
        these, visited = f"s.id IN ({marks(len(stores))})", "v.store = a.store"
        lock = for_update_alone_clause()
        await run(f"SELECT s.id FROM store s WHERE {these} ORDER BY s.id{lock}", *stores)
        await run(_KEEP.format(these, visited), *stores, today)


async def keep_places_of_county(region: str, today: date) -> None:
    """The same for a county that is about to move: a round that began in it keeps all of it."""
    visited = "v.store IN (SELECT m.id FROM store m WHERE m.region = ?)"
    await run(_KEEP.format("s.region = ?", visited), region, today, region)


_KEEP = (
    "INSERT INTO round_place (round, store, region_path)"
    " SELECT DISTINCT a.round, s.id, s.region_path FROM assignment a"
    " JOIN store s ON s.id = a.store JOIN round r ON r.id = a.round"
    " WHERE {0} AND (r.state = 'locked' OR r.ends_on < ? OR EXISTS"
    " (SELECT 1 FROM visit v WHERE v.round = a.round AND {1}))"
    " ON CONFLICT (round, store) DO NOTHING"
)
