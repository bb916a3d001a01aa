"""Strict forms and query strings: bytes -> struct of texts, numbers and lists of them."""

import typing
from collections.abc import Iterable
from enum import Enum
from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec

from inspection.domain.decoding import convert
from inspection.domain.decoding_faults import join, text_faults
from inspection.domain.refusals import BodyRefused, BodyTooLarge, Fault

T = TypeVar("T", bound=msgspec.Struct)

MAX_FIELDS = 500
"""A notice with forty lines has about two hundred."""


class Unknown(Enum):
    """What happens to a field nobody asked for."""

    REFUSED = "refused"
    IGNORED = "ignored"


def decode_form(
    body: bytes,
    type_: type[T],
    *,
    limit: int,
    unknown: Unknown = Unknown.REFUSED,
    beside: Iterable[str] = (),
) -> T:
    """Read `a=1&b=2` as a struct; a field may repeat only where the struct has a list. Fields in
    `beside` belong to somebody else. Raises BodyRefused naming every field that is wrong.
    """
    pairs = [pair for pair in form_pairs(body, limit=limit) if pair[0] not in set(beside)]
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(type_)}
    tree: dict[str, object] = {}
    faults: list[Fault] = []
    for key, value in pairs:
        if key not in fields:
            if unknown is Unknown.REFUSED:
                faults.append(Fault(join("", key), "body.unknown_field"))
        elif _is_list(fields[key]):
            typing.cast("list[str]", tree.setdefault(key, [])).append(value)
        elif key in tree:
            faults.append(Fault(join("", key), "body.repeated_field"))
        else:
            tree[key] = value
    _refuse((*_faults(tree), *faults))
    form = convert(tree, type_, strict=False)
    # Texts have become numbers now: no number may be beyond what everybody keeps.
    _refuse(_faults(msgspec.structs.asdict(form)))
    return form


def form_pairs(body: bytes, *, limit: int) -> list[tuple[str, str]]:
    """The fields as sent, line breaks as one character. Raises BodyRefused when it is no form."""
    if len(body) > limit:
        raise BodyTooLarge(limit=limit)
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=MAX_FIELDS,
            errors="strict",
        )  # fmt: skip
    except ValueError:
        raise BodyRefused(faults=(Fault("", "body.not_a_form"),)) from None
    return [(key, value.replace("\r\n", "\n")) for key, value in pairs]


def _faults(fields: dict[str, object]) -> tuple[Fault, ...]:
    plain = {key: list(v) if isinstance(v, tuple) else v for key, v in fields.items()}
    return text_faults(plain, [], max_depth=3)


def _refuse(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise BodyRefused(faults=faults)


def _is_list(type_: object) -> bool:
    if typing.get_origin(type_) is typing.Annotated:
        return _is_list(typing.get_args(type_)[0])
    return typing.get_origin(type_) in (list, tuple)
