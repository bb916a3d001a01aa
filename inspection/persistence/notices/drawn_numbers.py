"""The register: every number that was drawn, and from which counter."""

from datetime import datetime

import msgspec

from inspection.persistence.statements import insertion, run


class DrawnRow(msgspec.Struct, frozen=True, kw_only=True):
    """A number, its place in its counter and the paper that bears it."""

    counter: str
    n: int
    number: str
    kind: str
    noun_id: str
    region_path: str
    drawn_at: datetime


async def add_drawn(row: DrawnRow) -> None:
    """Enter a number, in the transaction that draws it."""
    await run(insertion("drawn_number", DrawnRow), *msgspec.structs.astuple(row))
