"""How much each fault test does: a short form with every other test, the full size on demand."""

import os
from typing import TypeVar

T = TypeVar("T")

FULL = os.environ.get("FAULTS", "short") == "full"


def sized(*, short: T, full: T) -> T:
    """The figure for this run; `make faults` runs at full size."""
    return full if FULL else short
