"""Where the next page begins, as an opaque text: `after(...)` and back."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import TypeVar

import msgspec

from inspection.domain.decoding_faults import is_storable
from inspection.domain.refusals import CursorRefused

BEYOND = 2**63
"""The first whole number beyond a BIGINT."""

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
        if len(padded) > LONGEST:
            raise CursorRefused
        place = msgspec.json.decode(urlsafe_b64decode(padded), type=shape)
    except (binascii.Error, UnicodeEncodeError, msgspec.MsgspecError, ValueError):
        raise CursorRefused from None
    if not all(could_be(value) for value in msgspec.structs.astuple(place)):
        raise CursorRefused
    return place


def could_be(value: object) -> bool:
    """Whether the databases can look for it."""
    if isinstance(value, datetime):
        return value.tzinfo is not None and value.year in YEARS
    if isinstance(value, str):
        return is_storable(value)
    return not isinstance(value, int) or -BEYOND <= value < BEYOND
