"""A table on its way out: headings and typed cells, whatever file it becomes."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import msgspec

Cell = str | int | Decimal | date | datetime | None
"""A date without a time is a `date`; a `datetime` knows its zone."""

Row = tuple[Cell, ...]


class Table(msgspec.Struct, frozen=True):
    """One sheet: its name, its headings, its rows in order."""

    name: str
    headings: tuple[str, ...]
    rows: Iterable[Row]
