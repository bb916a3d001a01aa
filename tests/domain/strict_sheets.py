"""A body to be read strictly."""

import json
from datetime import datetime
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta

from inspection.domain.decoding import decode
from inspection.domain.refusals import BodyRefused

LIMIT = 100_000


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    item: str
    count: Annotated[int, Meta(ge=0, le=99)] = 0
    verdict: Literal["pass", "loss"] = "pass"
    seen: bool = False


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    latitude: float
    longitude: float


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lines: tuple[Line, ...]
    at: Annotated[datetime, Meta(tz=True)]
    place: Place | None = None
    note: Annotated[str, Meta(max_length=40)] = ""
    tags: dict[str, int] = {}


GOOD = {
    "lines": [{"item": "a"}, {"item": "b", "count": 2, "verdict": "loss", "seen": True}],
    "at": "2026-11-21T09:30:00+08:00",
    "place": {"latitude": 36.06, "longitude": 103.83},
    "note": "第一行\n第二行\t末尾 😀",
    "tags": {"a/b": 1},
}


def body(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False).encode()


def faults(content: bytes, limit: int = LIMIT) -> list[tuple[str, str]]:
    with pytest.raises(BodyRefused) as refused:
        decode(content, Sheet, limit=limit)
    return [(fault.pointer, fault.code.removeprefix("body.")) for fault in refused.value.faults]
