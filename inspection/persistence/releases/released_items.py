"""What reviewers let stores see of the items of a visit."""

from datetime import datetime

import msgspec

from inspection.domain.releases.released_text import ReleasedText
from inspection.persistence.statements import insertion, run


class ReleasedItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """A reviewer's words about an item, as they are kept. `photos` is JSON."""

    id: str
    visit: str
    attempt: int
    item: str
    problem: str
    photos: str
    written_by: str
    written_at: datetime


async def released_of(visit: str) -> dict[str, ReleasedText]:
    """What was approved for the store about the attempt that counts, by item. Words from before
    the fact was corrected are none any more.
    """
    rows = await run(
        "SELECT t.item, t.photos, CASE WHEN EXISTS (SELECT 1 FROM correction c"
        " WHERE c.visit = t.visit AND c.attempt = t.attempt AND c.item = t.item"
        " AND c.corrected_at > t.written_at) THEN '' ELSE t.problem END AS problem"
        " FROM released_item t JOIN visit v ON v.id = t.visit AND v.attempt = t.attempt"
        " WHERE t.visit = ? ORDER BY t.item",
        visit,
    )
    return {
        str(row["item"]): ReleasedText(
            item=str(row["item"]),
            problem=str(row["problem"]),
            photos=tuple(msgspec.json.decode(row["photos"], type=list[str])),
        )
        for row in rows
    }


async def keep_released(row: ReleasedItemRow) -> None:
    """Keep what is to be told about an item, instead of what was kept before."""
    await run(
        insertion("released_item", ReleasedItemRow)
        + " ON CONFLICT (visit, attempt, item) DO UPDATE SET problem = excluded.problem,"
        " photos = excluded.photos, written_by = excluded.written_by,"
        " written_at = excluded.written_at",
        *msgspec.structs.astuple(row),
    )
