"""What is told about lines that are being settled: one family of structs for the staff, another,
copied field by field, for the store.
"""

from datetime import datetime
from typing import Literal

import msgspec

from inspection.domain.rectifications.rectification import LineState
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.rectifications.reinspections import LookAt
from inspection.services.people.places import StoreLabel

Way = Literal["reply", "recheck", "call"]


class ReplyReceipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a reply is kept, the same for ever. One that could not count any more has no attempt
    and says why in `aside`: conflict, answered or settled.
    """

    line: str
    attempt: int | None
    counted: bool
    aside: str
    content_hash: str
    received_at: datetime


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a verdict came to: where the line is, and whether the notice closed with it."""

    id: str
    line: str
    notice: str
    state: LineState
    closed: bool


class ToldPhoto(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A photo of a reply by its place in the reply's address. `flags` say what is odd about it."""

    k: int
    ready: bool
    refused: bool
    sent_at: datetime
    flags: tuple[str, ...]


class ToldReply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reply as its store and the staff read it. `aside` says why it does not count."""

    id: str
    attempt: int | None
    name: str
    cause: str
    measure: str
    prevention: str
    on_the_spot: bool
    late: bool
    aside: str
    received_at: datetime
    photos: tuple[ToldPhoto, ...]


class ToldVerdict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A verdict on an attempt, without the name of who gave it. `photos` are places of approved
    photos from a look at the store.
    """

    id: str
    attempt: int
    way: Way
    accepted: bool
    reason: str
    decided_at: datetime
    photos: tuple[int, ...] = ()


class ToldExtension(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request for more time and the opinion it got."""

    id: str
    ordinal: int
    state: str
    hours: int
    reason: str
    asked_at: datetime
    number: str
    opinion: str
    due_before: datetime
    due_after: datetime | None
    decided_at: datetime | None


class StoreLineDetail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line as its store follows it: an allow-list, in which nothing of the visit has a place.
    `extension_why` says why no more time can be asked for, and is empty when it can.
    """

    id: str
    notice: str
    notice_number: str
    number: int
    item: str
    item_title: str
    section: str
    section_title: str
    severity: str
    severity_word: str
    problem: str
    standard: str
    lost: str
    requirement: str
    suggestion: str
    responsible: str
    handlers: tuple[str, ...]
    state: LineState
    due_at: datetime
    overdue: bool
    disputed: bool
    extended: bool
    photo_wanted: bool
    can_reply: bool
    photos: tuple[int, ...]
    replies: tuple[ToldReply, ...]
    verdicts: tuple[ToldVerdict, ...]
    extensions: tuple[ToldExtension, ...]
    extension_why: str


class PhotoCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a reply's photo, for whoever verifies."""

    k: int
    ready: bool
    refused: bool
    taken_at: datetime | None
    received_at: datetime
    origin: str
    distance_m: int | None
    flags: tuple[str, ...]


class StaffReply(msgspec.Struct, frozen=True, kw_only=True):
    """A reply for whoever verifies."""

    told: ToldReply
    checks: tuple[PhotoCheck, ...]


class StaffVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict with the name of who gave it."""

    told: ToldVerdict
    name: str


class LineDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A line for the staff. `history` counts the store's rounds in which the item lost points,
    and its rounds; `seen` names what the page shows, for the verdict.
    """

    id: str
    notice: str
    notice_number: str
    number: int
    item: str
    title: Text
    section: Text
    standard: Text
    severity: str
    lost: int
    problem: str
    requirement: str
    responsible: str
    handlers: tuple[str, ...]
    store: StoreLabel
    state: LineState
    issued_at: datetime
    due_at: datetime
    overdue: bool
    disputed: bool
    before: tuple[int, ...]
    replies: tuple[StaffReply, ...]
    aside: tuple[StaffReply, ...]
    verdicts: tuple[StaffVerdict, ...]
    extensions: tuple[ToldExtension, ...]
    history: tuple[int, int]
    seen: str
    can_verify: bool
    can_recheck: bool
    can_extend: bool
    looks: tuple[LookAt, ...]
    would_be_case: bool
    spotted: bool
    """The inspector noted that it was mended on the spot."""
    unpublished: tuple[int, ...]
    """Years of its working time whose holidays are not published yet."""
