"""What may be wrong with a photo from after the mending. Only a photo that is older than the notice
does not count; everything else is told to whoever verifies, who decides.
"""

import re
from datetime import datetime

import msgspec

from inspection.domain.deadline import SHANGHAI

EARLY = "early"
GALLERY = "gallery"
NO_TIME = "no_time"
TIMES_DIFFER = "times_differ"
SEEN = "seen"
FAR = "far"

FAR_METRES = 500
DIFFERENCE_SECONDS = 24 * 3600
"""A camera's clock may be a day off before anybody is told."""

_EXIF = re.compile(rb"Exif\x00\x00")
_MOMENT = re.compile(rb"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)\x00")
_HEAD = 65_536 * 2


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """When and where a photo was taken, by every witness there is."""

    received_at: datetime
    said_at: datetime | None = None
    exif_at: datetime | None = None
    origin: str = "unknown"
    distance_m: int | None = None
    seen_before: bool = False


def exif_moment(photo: bytes) -> datetime | None:
    """The latest moment a camera wrote into the file, in China's time; None when there is none.
    Editing programs add later ones, so the earliest is taken: when the shutter was pressed.
    """
    begun = _EXIF.search(photo, 0, _HEAD)
    if begun is None:
        return None
    found = [_read(match) for match in _MOMENT.finditer(photo, begun.end(), _HEAD)]
    return min((moment for moment in found if moment is not None), default=None)


def flags(taken: Taken, issued_at: datetime) -> tuple[str, ...]:
    """What whoever verifies is told of the photo."""
    found = {
        EARLY: is_early(taken, issued_at),
        GALLERY: taken.origin == "gallery",
        NO_TIME: taken.said_at is None and taken.exif_at is None,
        TIMES_DIFFER: _differ(taken.said_at, taken.exif_at),
        SEEN: taken.seen_before,
        FAR: taken.distance_m is not None and taken.distance_m > FAR_METRES,
    }
    return tuple(flag for flag, holds in found.items() if holds)


def is_early(taken: Taken, issued_at: datetime) -> bool:
    """Whether any witness says the photo is older than the notice."""
    witnesses = (taken.received_at, taken.said_at, taken.exif_at)
    return any(at is not None and at < issued_at for at in witnesses)


def _differ(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return False
    return abs((one - other).total_seconds()) > DIFFERENCE_SECONDS


def _read(match: re.Match[bytes]) -> datetime | None:
    year, month, day, hour, minute, second = (int(part) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        return None
