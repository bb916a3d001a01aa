"""The marks reviewers give items while a visit waits."""

from datetime import datetime

import msgspec

from inspection.domain.reviews.review_mark import ItemMark, Mark
from inspection.persistence.statements import insertion, run


class MarkRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mark to keep."""

    id: str
    visit: str
    attempt: int
    item: str
    mark: str
    question: str
    version: int
    marked_by: str
    marked_at: datetime


class KeptMark(ItemMark, frozen=True, kw_only=True):
    """A mark read back, with the name of who gave it."""

    attempt: int
    item: str
    by: str
    marked_at: datetime


async def keep_mark(row: MarkRow) -> None:
    """Let a mark take the place of the one before. The visit must be held."""
    await run(_KEEP, *msgspec.structs.astuple(row))


async def marks_of(visit: str) -> tuple[KeptMark, ...]:
    """Every mark on a visit, of every attempt."""
    rows = await run(
        "SELECT m.attempt, m.item, m.mark, m.question, m.version, a.name AS by, m.marked_at"
        " FROM review_mark m JOIN account a ON a.id = m.marked_by WHERE m.visit = ?"
        " ORDER BY m.attempt, m.item",
        visit,
    )
    return msgspec.convert(rows, tuple[KeptMark, ...])


async def find_mark(visit: str, attempt: int, item: str) -> ItemMark | None:
    """The mark of one item."""
    rows = await run(
        "SELECT mark, question, version FROM review_mark"
        " WHERE visit = ? AND attempt = ? AND item = ?",
        visit,
        attempt,
        item,
    )
    return msgspec.convert(rows[0], ItemMark) if rows else None


async def questions_on(visit: str, attempt: int) -> tuple[tuple[str, str], ...]:
    """`(item, question)` for everything the inspector is to be asked."""
    rows = await run(
        "SELECT item, question FROM review_mark"
        " WHERE visit = ? AND attempt = ? AND mark = ? ORDER BY item",
        visit,
        attempt,
        Mark.ASK.value,
    )
    return tuple((str(row["item"]), str(row["question"])) for row in rows)


_KEEP = (
    insertion("review_mark", MarkRow)
    + " ON CONFLICT (visit, attempt, item) DO UPDATE SET mark = excluded.mark,"
    " question = excluded.question, version = excluded.version, marked_by = excluded.marked_by,"
    " marked_at = excluded.marked_at"
)
