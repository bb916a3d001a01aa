"""Strict JSON: bytes -> struct. What readers usually let pass is refused with its place."""

import json
import re
from typing import Any, TypeVar

import msgspec

from inspection.domain.decoding_faults import shape_faults, text_faults
from inspection.domain.refusals import BodyRefused, BodyTooLarge, Fault

T = TypeVar("T", bound=msgspec.Struct)

MAX_DEPTH = 32
"""Containers inside containers; nothing we exchange comes near."""

# What a plain document of ours never holds: escapes beyond line breaks, quotes and slashes,
# controls and noncharacters, exponents, numbers of sixteen digits. Only then the tree is walked.
_SUSPECT = re.compile(
    r'\\[^"\\/nt]|[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]'
    r"|[\d.][eE]|\d{16}|NaN|Infinity"
)
_LONGEST_NUMBER = 20
_FAR_TOO_LARGE = 10**_LONGEST_NUMBER


def decode(body: bytes, type_: type[T], *, limit: int) -> T:
    """Read a JSON body as a struct. Raises BodyRefused naming every place that is wrong."""
    if len(body) > limit:
        raise BodyTooLarge(limit=limit)
    text = _text_of(body)
    repeats: list[tuple[int, str]] = []
    tree = _tree_of(text, repeats)
    if (repeats or _SUSPECT.search(text)) and (found := text_faults(tree, repeats, MAX_DEPTH)):
        raise BodyRefused(faults=found)
    return convert(tree, type_)


def convert(tree: object, type_: type[T], *, strict: bool = True) -> T:
    """Read a decoded tree as a struct. Raises BodyRefused naming every place that is wrong."""
    try:
        return msgspec.convert(tree, type_, strict=strict)
    except msgspec.ValidationError:
        raise BodyRefused(faults=shape_faults(tree, type_, strict=strict)) from None


def _text_of(body: bytes) -> str:
    if not body.strip():
        raise _no(code="body.empty")
    try:
        return body.decode()
    except UnicodeDecodeError as fault:
        raise _no(code="body.not_utf8", position=fault.start) from None


def _tree_of(text: str, repeats: list[tuple[int, str]]) -> object:
    def plain_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            repeats.extend((id(found), key) for key in _repeated(pairs))
        return found

    try:
        return json.loads(text, object_pairs_hook=plain_object)
    except json.JSONDecodeError as fault:
        raise _no(code="body.not_json", position=fault.pos) from None
    except RecursionError:
        raise _no(code="body.too_deep", most=MAX_DEPTH) from None
    except ValueError:
        # Python refuses to read a whole number of more than 4,300 digits.
        return json.loads(text, object_pairs_hook=plain_object, parse_int=_bounded)


def _repeated(pairs: list[tuple[str, Any]]) -> list[str]:
    seen: set[str] = set()
    twice = []
    for key, _ in pairs:
        if key in seen:
            twice.append(key)
        seen.add(key)
    return twice


def _bounded(digits: str) -> int:
    return int(digits) if len(digits) < _LONGEST_NUMBER else _FAR_TOO_LARGE


def _no(*, code: str, **facts: object) -> BodyRefused:
    return BodyRefused(faults=(Fault("", code, **facts),))
