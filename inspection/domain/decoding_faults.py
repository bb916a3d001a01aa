"""Where a decoded body is wrong, each place as a JSON pointer (RFC 6901) with a stable code."""

import re
import types
import typing
from collections.abc import Iterator
from math import isfinite

import msgspec

from inspection.domain.refusals import Fault

MAX_FAULTS = 50
"""Enough to correct a form by; more helps nobody."""

MAX_INTEGER = 2**53 - 1
"""The largest whole number every JSON reader keeps exact."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")

_EXPECTED = {
    "str": "body.expected_text",
    "int": "body.expected_whole_number",
    "float": "body.expected_number",
    "bool": "body.expected_yes_no",
    "array": "body.expected_list",
    "object": "body.expected_object",
    "datetime": "body.expected_time",
    "date": "body.expected_date",
    "null": "body.expected_nothing",
}
# The sentences of msgspec, which is pinned, and what we say instead.
_SENTENCES = (
    (re.compile(r"Expected `(?:str|array|object)` of length >= (\d+)"), "body.too_short", "least"),
    (re.compile(r"Expected `str` of length <= (\d+)"), "body.text_too_long", "most"),
    (re.compile(r"Expected `(?:array|object)` of length <= (\d+)"), "body.too_long", "most"),
    (re.compile(r"Expected `(?:int|float)` >= (-?[\d.]+)"), "body.too_small", "least"),
    (re.compile(r"Expected `(?:int|float)` <= (-?[\d.]+)"), "body.too_great", "most"),
    (re.compile(r"Expected `str` matching regex"), "body.wrong_form", None),
    (re.compile(r"Invalid enum value"), "body.unknown_choice", None),
    (re.compile(r"Invalid RFC3339|Invalid datetime"), "body.expected_time", None),
    (re.compile(r"Invalid ISO8601|Invalid date"), "body.expected_date", None),
)
_EXPECTATION = re.compile(r"Expected `([a-z]+)")


def text_faults(
    tree: object, repeats: list[tuple[object, str]], max_depth: int
) -> tuple[Fault, ...]:
    """Repeated keys, unprintable text and numbers nobody can keep, whatever shape is wanted."""
    twice: dict[int, list[str]] = {}
    for place, key in repeats:
        twice.setdefault(id(place), []).append(key)
    found: list[Fault] = []
    left: list[tuple[object, str, int]] = [(tree, "", 1)]
    while left and len(found) < MAX_FAULTS:
        node, pointer, depth = left.pop()
        if isinstance(node, dict | list) and depth > max_depth:
            found.append(Fault(pointer, "body.too_deep", most=max_depth))
        elif isinstance(node, dict):
            repeated = twice.get(id(node), ())
            found += [Fault(join(pointer, key), "body.repeated_field") for key in repeated]
            found += [fault for key in node for fault in _value_faults(key, join(pointer, key))]
            left += [(node[key], join(pointer, key), depth + 1) for key in reversed(node)]
        elif isinstance(node, list):
            left += [(node[i], f"{pointer}/{i}", depth + 1) for i in reversed(range(len(node)))]
        else:
            found += _value_faults(node, pointer)
    return tuple(found[:MAX_FAULTS])


def is_storable(text: str) -> bool:
    """Whether a text holds no control and no half character, which no database looks up."""
    return not (_HALF.search(text) or _UNSEEN.search(text))


def shape_faults(tree: object, type_: object, *, strict: bool) -> tuple[Fault, ...]:
    """Every place where the tree does not have the shape; at least one when it does not fit."""
    found: list[Fault] = []
    for fault in _faults(tree, type_, "", strict):
        found.append(fault)
        if len(found) == MAX_FAULTS:
            break
    return tuple(found)


def join(pointer: str, key: str) -> str:
    """The pointer to a member; what cannot be printed in its name is replaced."""
    shown = _HALF.sub("\ufffd", _UNSEEN.sub("\ufffd", key))
    return f"{pointer}/{shown.replace('~', '~0').replace('/', '~1')}"


def _value_faults(value: object, pointer: str) -> Iterator[Fault]:
    if isinstance(value, str):
        if half := _HALF.search(value):
            yield Fault(pointer, "body.half_character", character=_named(half[0]))
        elif unseen := _UNSEEN.search(value):
            yield Fault(pointer, "body.control_character", character=_named(unseen[0]))
    elif isinstance(value, float) and not isfinite(value):
        yield Fault(pointer, "body.not_finite")
    elif isinstance(value, int) and abs(value) > MAX_INTEGER:
        yield Fault(pointer, "body.number_too_large", most=MAX_INTEGER)


def _faults(value: object, type_: object, pointer: str, strict: bool) -> Iterator[Fault]:  # noqa: FBT001  handed down, never written as a word
    sentence = _refusal(value, type_, strict=strict)
    if sentence is None:
        return
    # One by one: whoever asks stops after MAX_FAULTS, however long a hostile list is.
    within = _faults_within(value, _plain_type(type_, value), pointer, strict)
    yield next(within, None) or _fault_of(sentence, pointer)
    yield from within


def _refusal(value: object, type_: object, *, strict: bool) -> str | None:
    try:
        msgspec.convert(value, typing.cast("type[object]", type_), strict=strict)
    except msgspec.ValidationError as fault:
        return str(fault)
    return None


def _faults_within(value: object, type_: object, pointer: str, strict: bool) -> Iterator[Fault]:  # noqa: FBT001  handed down, never written as a word
    if isinstance(value, dict) and isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        yield from _struct_faults(value, type_, pointer, strict)
    elif isinstance(value, list) and typing.get_origin(type_) in (list, tuple):
        (element, *_) = typing.get_args(type_)
        for place, part in enumerate(value):
            yield from _faults(part, element, f"{pointer}/{place}", strict)
    elif isinstance(value, dict) and typing.get_origin(type_) is dict:
        _, element = typing.get_args(type_)
        for key, part in value.items():
            yield from _faults(part, element, join(pointer, key), strict)


def _struct_faults(
    value: dict[str, object],
    type_: type[msgspec.Struct],
    pointer: str,
    strict: bool,  # noqa: FBT001  handed down, never written as a word
) -> Iterator[Fault]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(type_)}
    tag = type_.__struct_config__.tag_field
    for key, part in value.items():
        if key in fields:
            yield from _faults(part, fields[key].type, join(pointer, key), strict)
        elif key != tag and type_.__struct_config__.forbid_unknown_fields:
            yield Fault(join(pointer, key), "body.unknown_field")
    for key, field in fields.items():
        if field.required and key not in value:
            yield Fault(join(pointer, key), "body.missing_field")


def _plain_type(type_: object, value: object) -> object:
    """The type behind Annotated, and the branch of a union that a non-null value can mean."""
    if typing.get_origin(type_) is typing.Annotated:
        return _plain_type(typing.get_args(type_)[0], value)
    if typing.get_origin(type_) in (types.UnionType, typing.Union):
        branches = [_plain_type(part, value) for part in typing.get_args(type_)]
        containers = [part for part in branches if _could_hold(part, value)]
        return containers[0] if len(containers) == 1 else type_
    return type_


def _could_hold(type_: object, value: object) -> bool:
    if isinstance(value, dict):
        return typing.get_origin(type_) is dict or (
            isinstance(type_, type) and issubclass(type_, msgspec.Struct)
        )
    return isinstance(value, list) and typing.get_origin(type_) in (list, tuple)


def _fault_of(sentence: str, pointer: str) -> Fault:
    for pattern, code, fact in _SENTENCES:
        if match := pattern.match(sentence):
            return Fault(pointer, code, **({fact: match[1]} if fact else {}))
    expectation = _EXPECTATION.match(sentence)
    return Fault(pointer, _EXPECTED.get(expectation[1] if expectation else "", "body.wrong_form"))


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
