"""What a reviewer should know about how a visit came in. Flags inform; they never refuse."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from inspection.domain.deadline import SHANGHAI
from inspection.domain.visits.visit import VisitBody

CLOCK_TOLERANCE_MS = 5 * 60 * 1000
SHORTEST_VISIT = timedelta(minutes=5)
"""Nobody checks forty things in less."""

PHOTO_REFUSED = "photo_refused"
"""One of the photos could not be turned into a clean copy."""

PHOTO_REUSED = "photo_reused"
"""One of the photos belongs to another visit too."""

PHOTO_SIMILAR = "photo_similar"
"""One of the photos looks like one of another visit."""


def corrected(at: datetime, offset_ms: int) -> datetime:
    """A time of the phone's clock as the server's clock would have shown it."""
    return at + timedelta(milliseconds=offset_ms)


def raised(body: VisitBody, window_from: date, window_to: date) -> Iterator[str]:
    """The flags of one submission, by code."""
    if abs(body.clock_offset_ms) > CLOCK_TOLERANCE_MS:
        yield "clock_offset"
    if body.ended_at < body.started_at:
        yield "times_reversed"
    elif body.ended_at - body.started_at < SHORTEST_VISIT:
        yield "short_visit"
    day = corrected(body.started_at, body.clock_offset_ms).astimezone(SHANGHAI).date()
    if not window_from <= day <= window_to:
        yield "outside_window"
