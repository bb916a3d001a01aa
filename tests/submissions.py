"""What a phone sends: valid by default, any part replaced by keyword."""

import hashlib
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from inspection.domain.rubrics import rubric_reader
from inspection.domain.rubrics.rubric import Info, Item, Meas, Occ, Rubric, Sum, Tier
from inspection.domain.rubrics.rubric_digest import digest
from tests.cast import CLUB, CLUB_VERSION, LI, Person, assignment_id
from tests.makers import SCORECARDS

VISIT = "0193a000-0000-7000-8000-000000000001"
OTHER_VISIT = "0193a000-0000-7000-8000-000000000002"
CLUB_FEATURES = ("vip_desk_required",)
SPOTS = "KC-E-01"
"""An item that counts spots, one point each, three at most."""


@cache
def rubric_in(code: str = CLUB_VERSION, folder: Path = SCORECARDS) -> Rubric:
    """A rubric as its file says; read once, for reading takes longer than most tests."""
    rubric = rubric_reader.read((folder / f"{code}.toml").read_bytes()).rubric
    assert rubric is not None
    return rubric


def passed(item: Item) -> dict[str, Any]:
    """Nothing wrong with an item."""
    answer: dict[str, Any] = {"item": item.code, "verdict": "pass"}
    if isinstance(item.rule, Meas):
        answer["measured"] = "0"
    if isinstance(item.rule, Info):
        answer["note"] = "已记录"
    return answer


def lost(item: Item, **parts: Any) -> dict[str, Any]:
    """The smallest loss an item knows, written down instead of photographed."""
    answer: dict[str, Any] = {"item": item.code, "verdict": "loss", "note": "门口有杂物"}
    answer["reason"] = "拍照会暴露身份"
    match item.rule:
        case Tier(options):
            answer["option"] = options[0].code
        case Sum(ticks):
            answer["ticks"] = [ticks[0].code]
        case Occ():
            answer["count"] = 1
    return answer | parts


def a_submission(
    rubric: Rubric | None = None,
    *,
    by: Person = LI,
    store: str = CLUB,
    features: tuple[str, ...] = CLUB_FEATURES,
    losses: tuple[str, ...] = (),
    pictures: tuple[bytes, ...] = (),
    **parts: Any,
) -> dict[str, Any]:
    """A whole visit: all that applies passed but `losses`. Pictures go to the first item lost."""
    rubric = rubric or rubric_in()
    if pictures and not losses:
        losses = (SPOTS,)
    names = [sha256_of(picture) for picture in pictures]
    answers = [
        lost(item) if item.code in losses else passed(item)
        for item in rubric.items()
        if not item.feature or item.feature in features or item.code in losses
    ]
    for answer in answers:
        if pictures and answer["item"] == losses[0]:
            answer["photos"] = names
    return {
        "format": 1,
        "visit": VISIT,
        "attempt": 1,
        "assignment": assignment_id(by, store),
        "rubric_digest": digest(rubric),
        "started_at": "2026-11-18T08:10:00+08:00",
        "ended_at": "2026-11-18T08:40:00+08:00",
        "sent_at": "2026-11-18T08:41:00+08:00",
        "clock_offset_ms": 120,
        "answers": answers,
        "photos": [a_line(losses[0], place, photo) for place, photo in enumerate(pictures)],
        "place": {"latitude_e6": 36061000, "longitude_e6": 103834000, "accuracy_m": 12},
        "declaration": True,
        "device": {"id": "phone-1", "app": "1.0.0"},
    } | parts


def a_line(item: str, position: int, photo: bytes, **parts: Any) -> dict[str, Any]:
    """One line of a manifest."""
    return {
        "sha256": sha256_of(photo),
        "item": item,
        "position": position,
        "bytes": len(photo),
        "width": 64,
        "height": 48,
        "origin": "camera",
        "taken_at": "2026-11-18T08:15:00+08:00",
    } | parts


def encoded(submission: dict[str, Any]) -> bytes:
    """The bytes that travel."""
    return json.dumps(submission, ensure_ascii=False).encode()


def sha256_of(content: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(content).hexdigest()


def a_photo(
    shade: int = 90, size: tuple[int, int] = (64, 48), kind: str = "JPEG", **save: Any
) -> bytes:
    """A small photo; another shade is another photo."""
    written = io.BytesIO()
    Image.new("RGB", size, (shade * 29 % 256, shade * 83 % 256, 140)).save(written, kind, **save)
    return written.getvalue()
