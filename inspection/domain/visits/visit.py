"""A visit: its states and moves, and the one document a phone sends about it, without points."""

import hashlib
import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from inspection.domain import moves
from inspection.domain.deadline import SHANGHAI
from inspection.domain.photos.photo import MOST_BYTES, Sha256
from inspection.domain.scoring.answers import Answer, Answers

MOST_PHOTOS = 200
"""Photos of one visit; the answers cap them per item as well."""

LARGEST_BODY = 512 * 1024
"""Bytes of one submission without its photos: forty answers with notes are about ten thousand."""

MOST_ATTEMPTS = 99

LONGEST_REMARK = 500
MOST_REMARKS = 200

# The length is bounded too: `$` alone would let a line break follow.
_UUID_FORM = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_UUID = re.compile(_UUID_FORM)
Id = Annotated[str, Meta(pattern=_UUID_FORM, max_length=36)]
"""A UUID in lower case."""
Attempt = Annotated[int, Meta(ge=1, le=MOST_ATTEMPTS)]
Moment = Annotated[datetime, Meta(tz=True)]
ShortText = Annotated[str, Meta(max_length=40)]

# Crockford's alphabet: no I, L, O or U, so nobody mistakes a sign on the telephone.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class VisitState(StrEnum):
    """Where a visit is. `complete` is kept beside it: photos may arrive in any state."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    LOCKED = "locked"


COUNTED = (VisitState.PUBLISHED, VisitState.LOCKED)
"""Where a visit's result counts: in the ranking, in analyses, in what its store reads."""

VisitMove = Literal["return", "resubmit", "approve", "reopen", "release", "lock"]

MOVES: dict[tuple[VisitState, VisitMove], VisitState] = {
    (VisitState.SUBMITTED, "return"): VisitState.RETURNED,
    (VisitState.RETURNED, "resubmit"): VisitState.SUBMITTED,
    (VisitState.RETURNED, "reopen"): VisitState.SUBMITTED,
    (VisitState.APPROVED, "reopen"): VisitState.SUBMITTED,
    (VisitState.SUBMITTED, "approve"): VisitState.APPROVED,
    (VisitState.APPROVED, "release"): VisitState.PUBLISHED,
    (VisitState.PUBLISHED, "lock"): VisitState.LOCKED,
}


def moved(state: VisitState, move: VisitMove) -> VisitState:
    """The state after the move. Raises MoveRefused where the table has none."""
    return moves.after(MOVES, "visit", state, move)


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every part of a submission has in common: a field nobody documented is refused."""


class ManifestPhoto(Wire, frozen=True, kw_only=True):
    """One photo the visit will have: which bytes belong to which item, in which place."""

    sha256: Sha256
    item: ShortText
    position: Annotated[int, Meta(ge=0, le=99)]
    bytes: Annotated[int, Meta(ge=1, le=MOST_BYTES)]
    width: Annotated[int, Meta(ge=1, le=30_000)]
    height: Annotated[int, Meta(ge=1, le=30_000)]
    origin: Literal["camera", "gallery"]
    taken_at: Moment | None = None
    marked_from: Sha256 | None = None
    """The photo of the same manifest this one is a marked-up copy of."""


class Whereabouts(Wire, frozen=True, kw_only=True):
    """Where the phone was, WGS-84, in millionths of a degree."""

    latitude_e6: Annotated[int, Meta(ge=-90_000_000, le=90_000_000)]
    longitude_e6: Annotated[int, Meta(ge=-180_000_000, le=180_000_000)]
    accuracy_m: Annotated[int, Meta(ge=0, le=1_000_000)]


class Presence(Wire, frozen=True, kw_only=True):
    """When somebody said they were at the store, and where the phone thought it was."""

    at: Moment
    place: Whereabouts | None


class Remark(Wire, frozen=True, kw_only=True):
    """Something noted during the visit that belongs to no item."""

    at: Moment
    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_REMARK)]


class Device(Wire, frozen=True, kw_only=True):
    """Which phone and which release of the app sent it."""

    id: Annotated[str, Meta(min_length=1, max_length=64)]
    app: Annotated[str, Meta(min_length=1, max_length=40)]


class VisitBody(Wire, frozen=True, kw_only=True):
    """One attempt at a visit as the phone sends it. Times are the phone's own;
    `clock_offset_ms` is what to add to them to get the server's.
    """

    format: Literal[1]
    visit: Id
    attempt: Attempt
    assignment: Annotated[str, Meta(min_length=1, max_length=36)]
    rubric_digest: Sha256
    started_at: Moment
    ended_at: Moment
    sent_at: Moment
    clock_offset_ms: Annotated[int, Meta(ge=-(10**13), le=10**13)]
    answers: Annotated[tuple[Answer, ...], Meta(max_length=500)]
    bonuses: Annotated[tuple[ShortText, ...], Meta(max_length=20)] = ()
    photos: Annotated[tuple[ManifestPhoto, ...], Meta(max_length=MOST_PHOTOS)]
    place: Whereabouts | None
    check_in: Presence | None = None
    check_out: Presence | None = None
    remarks: Annotated[tuple[Remark, ...], Meta(max_length=MOST_REMARKS)] = ()
    declaration: Literal[True]
    bulk_pass: Annotated[tuple[ShortText, ...], Meta(max_length=500)] = ()
    device: Device

    def findings(self) -> Answers:
        """The answers as the scorer reads them."""
        return Answers(items=self.answers, bonuses=self.bonuses)


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The server's promise that this content is kept; encoded once, repeated for ever."""

    visit: str
    attempt: int
    content_hash: str
    manifest_hash: str
    received_at: datetime
    receipt_no: str


def is_id(name: str) -> bool:
    """Whether a phone could have made such an id."""
    return _UUID.fullmatch(name) is not None


def is_address(visit: str, attempt: int) -> bool:
    """Whether such an attempt could exist at all."""
    return is_id(visit) and 1 <= attempt <= MOST_ATTEMPTS


def content_hash(body: bytes) -> str:
    """SHA-256 of the bytes as sent, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def manifest_hash(photos: tuple[ManifestPhoto, ...]) -> str:
    """SHA-256 over one line `item position sha256` per photo, sorted."""
    lines = sorted(f"{photo.item} {photo.position} {photo.sha256}\n" for photo in photos)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def receipt_no(received_at: datetime, visit: str, attempt: int, content: str) -> str:
    """A short name of a receipt to read out: the day received and six signs of the content."""
    digest = hashlib.sha256(f"{visit} {attempt} {content}".encode()).digest()
    signs = "".join(_SIGNS[byte & 31] for byte in digest[:6])
    return f"{received_at.astimezone(SHANGHAI):%Y%m%d}-{signs}"
