"""Strict JSON: bytes -> struct. What readers usually let pass is refused with its place."""

import json
import re
from math import isfinite
from typing import Any, TypeVar

import msgspec

from inspection.domain.decoding_faults import shape_faults, text_faults
from inspection.domain.refusals import BodyRefused, BodyTooLarge, Fault

T = TypeVar("T", bound=msgspec.Struct)

MAX_DEPTH = 32
"""Containers inside containers; nothing we exchange comes near."""

# Escapes other than line breaks, quotes and slashes can stand for anything.
_ODD_ESCAPE = re.compile(r'\\[^"\\/nt]')
_KEPT_DIGITS = 15
_LONGEST_NUMBER = 20
_FAR_TOO_LARGE = 10**_LONGEST_NUMBER


def decode(body: bytes, type_: type[T], *, limit: int, unread: tuple[str, ...] = ()) -> T:
    """Read a JSON body as a struct. Raises BodyRefused naming every place that is wrong. What is
    within the fields `unread` need only be JSON: it is somebody else's to read.
    """
    if len(body) > limit:
        raise BodyTooLarge(limit=limit)
    text = _text_of(body)
    reader = _Reader()
    tree = reader.read(text)
    # The tree is walked only when something in it looks odd: nearly no body is.
    if (reader.odd or _looks_odd(text)) and (
        found := text_faults(_without(tree, unread), reader.repeats, max_depth=MAX_DEPTH)
    ):
        raise BodyRefused(faults=found)
    return convert(tree, type_)


def _without(tree: object, unread: tuple[str, ...]) -> object:
    """The tree with nothing in those fields; a repeated field is still seen as one."""
    if unread and isinstance(tree, dict):
        for field in tree.keys() & set(unread):
            tree[field] = type(tree[field])()
    return tree


def convert(tree: object, type_: type[T], *, strict: bool = True) -> T:
    """Read a decoded tree as a struct. Raises BodyRefused naming every place that is wrong."""
    try:
        return msgspec.convert(tree, type_, strict=strict)
    except msgspec.ValidationError:
        raise BodyRefused(faults=shape_faults(tree, type_, strict=strict)) from None


class _Reader:
    """Reads JSON and notes on the way what its own reader would pass over in silence."""

    def __init__(self) -> None:
        self.odd = False
        self.repeats: list[tuple[object, str]] = []

    def read(self, text: str) -> object:
        """The tree. Raises BodyRefused when the text is no JSON or too deep to read."""
        try:
            return json.loads(
                text,
                object_pairs_hook=self._object,
                parse_int=self._whole,
                parse_float=self._real,
                parse_constant=self._real,
            )
        except json.JSONDecodeError as fault:
            raise _no(code="body.not_json", position=fault.pos) from None
        except RecursionError:
            raise _no(code="body.too_deep", most=MAX_DEPTH) from None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            self.odd = True
            self.repeats += [(found, key) for key in _repeated(pairs)]
        return found

    def _whole(self, digits: str) -> int:
        if len(digits) <= _KEPT_DIGITS:
            return int(digits)
        self.odd = True
        # Python itself refuses to read more than 4,300 digits.
        return int(digits) if len(digits) < _LONGEST_NUMBER else _FAR_TOO_LARGE

    def _real(self, digits: str) -> float:
        number = float(digits)
        self.odd = self.odd or not isfinite(number)
        return number


def _text_of(body: bytes) -> str:
    if not body.strip():
        raise _no(code="body.empty")
    try:
        return body.decode()
    except UnicodeDecodeError as fault:
        raise _no(code="body.not_utf8", position=fault.start) from None


def _looks_odd(text: str) -> bool:
    return not text.isprintable() or ("\\" in text and _ODD_ESCAPE.search(text) is not None)


def _repeated(pairs: list[tuple[str, Any]]) -> list[str]:
    seen: set[str] = set()
    twice = []
    for key, _ in pairs:
        if key in seen:
            twice.append(key)
        seen.add(key)
    return twice


def _no(*, code: str, **facts: object) -> BodyRefused:
    return BodyRefused(faults=(Fault("", code, **facts),))
