"""Where the next page begins, as an opaque text: `after(...)` and back."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import TypeVar

import msgspec

from inspection.domain.decoding import decode
from inspection.domain.refusals import BodyRefused, BodyTooLarge, CursorRefused

T = TypeVar("T", bound=msgspec.Struct)

LONGEST = 400
YEARS = range(2000, 2200)
"""When anything in a list can have happened; further off, no zone may be added to a time."""


def written(place: msgspec.Struct) -> str:
    """The text a link carries."""
    return urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read(text: str, shape: type[T]) -> T | None:
    """The place, None for the first page. Raises CursorRefused for a text nobody gave out."""
    if not text:
        return None
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        place = decode(urlsafe_b64decode(padded), shape, limit=LONGEST)
    except (binascii.Error, UnicodeEncodeError, BodyRefused, BodyTooLarge):
        raise CursorRefused from None
    if not all(_could_be(value) for value in msgspec.structs.astuple(place)):
        raise CursorRefused
    return place


def _could_be(value: object) -> bool:
    return not isinstance(value, datetime) or (value.tzinfo is not None and value.year in YEARS)
