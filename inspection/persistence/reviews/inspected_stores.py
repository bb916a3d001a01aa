"""Stores something refers to."""

from collections.abc import Sequence

from inspection.persistence.statements import marks, run

_AT_ONCE = 900
"""Older SQLite libraries take a thousand values in one statement."""


async def inspected_among(stores: Sequence[str]) -> frozenset[str]:
    """Which of these stores (by id) have an assignment or a visit."""
    return await _named_in(("assignment", "visit"), stores)


async def used_among(stores: Sequence[str]) -> frozenset[str]:
    """Which of these stores (by id) anything was made for: visits, results, people."""
    return await _named_in(("assignment", "visit", "notice", "standing", "account"), stores)


async def _named_in(tables: Sequence[str], stores: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for begin in range(0, len(stores), _AT_ONCE):
        part = stores[begin : begin + _AT_ONCE]
        for table in tables:
            rows = await run(
                f"SELECT DISTINCT store FROM {table} WHERE store IN ({marks(len(part))})", *part
            )
            found |= {str(row["store"]) for row in rows}
    return frozenset(found)
