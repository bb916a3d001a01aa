"""Where the next page begins, as an opaque text: `after(...)` and back."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TypeVar

import msgspec

from inspection.domain.refusals import CursorRefused

T = TypeVar("T", bound=msgspec.Struct)

LONGEST = 400


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
        return msgspec.json.decode(urlsafe_b64decode(padded), type=shape)
    except (binascii.Error, UnicodeEncodeError, msgspec.MsgspecError, ValueError):
        raise CursorRefused from None
