"""Stores whose history hangs on their place in the org tree."""

from collections.abc import Sequence

from inspection.persistence.statements import marks, run


async def inspected_among(stores: Sequence[str]) -> frozenset[str]:
    """Which of these stores (by id) have an assignment or a visit."""
    if not stores:
        return frozenset()
    asked = marks(len(stores))
    found: set[str] = set()
    for table in ("assignment", "visit"):
        rows = await run(f"SELECT DISTINCT store FROM {table} WHERE store IN ({asked})", *stores)
        found |= {str(row["store"]) for row in rows}
    return frozenset(found)
