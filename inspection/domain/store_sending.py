"""What a store's phone sends about a notice: named by the phone, taken once, answered for ever."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from inspection.domain.appeals.appeal import Ground
from inspection.domain.appeals.attachment import MOST_FILES
from inspection.domain.photos.photo import Sha256
from inspection.domain.rectifications.reply import MOST_PHOTOS, ReplyPhoto, Text
from inspection.domain.visits.visit import Moment, Wire

LARGEST_BODY = 64 * 1024
"""Bytes of one sending; its photos travel apart."""

MOST_NAME_SENT = 255
"""Characters of a file's name as file systems have them; fewer are kept."""

OFFSET = 10**12
"""Milliseconds a phone's clock may say it is off: thirty years, so any clock."""


class SendingKind(StrEnum):
    """What was sent."""

    RECEIPT = "receipt"
    REPLY = "reply"
    EXTENSION = "extension"
    APPEAL = "appeal"
    MESSAGE = "message"
    WITHDRAWAL = "withdrawal"


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The promise that what was sent is kept. The same bytes for the same sending, for ever. A
    reply that cannot count any more is kept beside what does; `outcome` says why, and is empty
    for everything else.
    """

    id: str
    kind: SendingKind
    notice: str
    line: int
    content_hash: str
    received_at: datetime
    outcome: str


class Signature(Wire, frozen=True, kw_only=True):
    """Signing for a notice: when the person tapped, by the phone's clock, and what to add to it
    for the server's.
    """

    format: Literal[1]
    kind: Literal["signed"]
    tapped_at: Moment
    clock_offset_ms: Annotated[int, Meta(ge=-OFFSET, le=OFFSET)]


class ReplySent(Wire, frozen=True, kw_only=True):
    """What a store did about a line, maybe while the inspector was there. Photos were taken by the
    server's clock, as well as the phone knows it.
    """

    format: Literal[1]
    cause: Text
    measure: Text
    prevention: Text
    on_the_spot: bool = False
    photos: Annotated[tuple[ReplyPhoto, ...], Meta(max_length=MOST_PHOTOS)]


class ExtensionSent(Wire, frozen=True, kw_only=True):
    """How much more time a store asks for, and why."""

    format: Literal[1]
    hours: int
    reason: Text


class DocumentSent(Wire, frozen=True, kw_only=True):
    """A document that was sent before, and what it is called on the phone."""

    sha256: Sha256
    name: Annotated[str, Meta(max_length=MOST_NAME_SENT)]


class AppealSent(Wire, frozen=True, kw_only=True):
    """What a store says against a loss, with the photos and documents that show it."""

    format: Literal[1]
    ground: Ground
    text: Text
    photos: Annotated[tuple[Sha256, ...], Meta(max_length=MOST_PHOTOS)]
    documents: Annotated[tuple[DocumentSent, ...], Meta(max_length=MOST_FILES)] = ()


class MessageSent(Wire, frozen=True, kw_only=True):
    """What a store adds to an open appeal, with more that shows it."""

    format: Literal[1]
    appeal: str
    text: Text
    photos: Annotated[tuple[Sha256, ...], Meta(max_length=MOST_PHOTOS)]
    documents: Annotated[tuple[DocumentSent, ...], Meta(max_length=MOST_FILES)] = ()


class WithdrawalSent(Wire, frozen=True, kw_only=True):
    """An appeal taken back, in the version the phone showed."""

    format: Literal[1]
    appeal: str
    seen: int
