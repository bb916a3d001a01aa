"""Days somebody types: those so far away that nobody meant them are refused."""

from collections.abc import Iterator
from datetime import date

from inspection.domain.refusals import Fault

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)


def day_faults(pointer: str, day: date) -> Iterator[Fault]:
    """What is wrong with a day alone: it lies where the calendar ends, and nothing can be counted
    from there.
    """
    if not EARLIEST <= day <= LATEST:
        yield Fault(pointer, "body.day_far", day=day, first=EARLIEST, last=LATEST)
