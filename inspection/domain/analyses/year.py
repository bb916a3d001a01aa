"""The round a year before: the one whose first day is nearest to the same day of last year."""

from collections.abc import Mapping
from datetime import date, timedelta

YEAR = timedelta(days=365)
NEAR = timedelta(days=45)
"""Rounds do not begin on the same day every year; half a quarter off is another season."""


def year_before(starts: Mapping[str, date], round_id: str) -> str | None:
    """The round a year before one of these; None where none began near that day."""
    wanted = starts[round_id] - YEAR
    off = {other: abs(start - wanted) for other, start in starts.items() if other != round_id}
    nearest = min(off, key=lambda other: (off[other], other), default=None)
    return nearest if nearest is not None and off[nearest] <= NEAR else None
