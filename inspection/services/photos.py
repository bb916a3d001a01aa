"""Photos on their way in, and clean copies on their way out."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Place, may
from inspection.domain.photo import (
    HEAD_BYTES,
    MOST_BYTES,
    CopyKind,
    PhotoState,
    recognised,
    refused,
)
from inspection.domain.refusals import (
    BodyTooLarge,
    HashMismatch,
    NotAllowed,
    NotFound,
    OffsetMismatch,
    Refusal,
)
from inspection.persistence import jobs, photo_rows, visit_photos
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.uploads import Taken
from inspection.services.tools import Tools

CLEAN_PHOTO = "photo.clean"
"""The kind of job a received photo leaves behind."""

EMPTY = "photo.empty"


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a photo as announced: the photo's name and length, and where the piece begins."""

    sha256: str
    offset: int
    length: int


class OwnPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo as its sender gets it back: what was sent, or the clean copy when that is gone."""

    content: bytes
    is_original: bool


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a photo is here; complete means received, checked and durable."""

    offset: int
    complete: bool


async def offset_of(tools: Tools, actor: Actor, sha256: str) -> Progress:
    """Where the next piece begins. Raises NotFound when nothing of the photo is here."""
    _allow(actor)
    size = await photo_rows.find_size_for(sha256, actor.account)
    if size is not None:
        return Progress(offset=size, complete=True)
    offset = await tools.photos.uploads.offset(actor.account, sha256)
    if not offset:
        raise NotFound(noun="photo")
    if await tools.photos.uploads.is_whole(actor.account, sha256):
        # The server stopped between the last byte and its answer.
        await _finish(tools, actor, sha256, offset)
        return Progress(offset=offset, complete=True)
    return Progress(offset=offset, complete=False)


async def append_piece(
    tools: Tools, actor: Actor, piece: Piece, stream: AsyncIterator[bytes]
) -> Progress:
    """Add a piece of a photo. What came before a cut is kept; the last piece has the whole checked
    and queued for cleaning. Raises OffsetMismatch, HashMismatch, PhotoRefused, DiskFull and others.
    """
    _allow(actor)
    _check_length(piece)
    try:
        return await _append(tools, actor, piece, stream)
    except Refusal:
        # An answer before the last byte would look like a broken connection to the phone.
        async for _ in stream:
            pass
        raise


async def own_photo(tools: Tools, actor: Actor, sha256: str) -> OwnPhoto:
    """A photo the actor sent, for showing it on another phone of theirs. Raises NotFound."""
    _allow(actor)
    sent = await photo_rows.find_sent(sha256, actor.account)
    if sent is None:
        raise NotFound(noun="photo")
    with suppress(KeyError):
        return OwnPhoto(content=await tools.photos.sealed.get(sha256), is_original=True)
    with suppress(KeyError):
        if sent.evidence_sha256 is not None:
            copy = await tools.photos.get(sent.evidence_sha256)
            return OwnPhoto(content=copy, is_original=False)
    raise NotFound(noun="photo")


async def photo_bytes(tools: Tools, actor: Actor, visit: str, sha256: str, kind: CopyKind) -> bytes:
    """A clean copy of a visit's photo. Raises NotFound when there is none the actor may see."""
    place = await visit_photos.find_place(visit, sha256, kind)
    if place is None or place.state != PhotoState.CLEAN or place.digest is None:
        raise NotFound(noun="photo")
    where = Place(region_path=place.region_path, inspector=AccountId(place.inspector))
    if not may(actor, Action.PHOTO_READ, where):
        raise NotFound(noun="photo")
    return await tools.photos.get(place.digest)


def _allow(actor: Actor) -> None:
    if not may(actor, Action.PHOTO_SEND, Place(inspector=actor.account)):
        raise NotAllowed


def _check_length(piece: Piece) -> None:
    if piece.length > MOST_BYTES:
        raise BodyTooLarge(limit=MOST_BYTES)
    if not piece.length:
        raise refused(EMPTY)


async def _append(
    tools: Tools, actor: Actor, piece: Piece, stream: AsyncIterator[bytes]
) -> Progress:
    size = await photo_rows.find_size_for(piece.sha256, actor.account)
    if size is not None:
        async for _ in stream:
            pass
        return Progress(offset=size, complete=True)
    writing = _Writing(tools, actor, piece)
    try:
        offset = await writing.write(stream)
    except OffsetMismatch as no:
        if no.facts["offset"] != piece.length:
            raise
        offset = piece.length
    if offset < piece.length:
        return Progress(offset=offset, complete=False)
    await _finish(tools, actor, piece.sha256, piece.length, writing.taken)
    return Progress(offset=offset, complete=True)


class _Writing:
    """One piece on its way to the disk, in the portions it comes in. `taken` is the photo when it
    came as one: then it was never an unfinished one.
    """

    def __init__(self, tools: Tools, actor: Actor, piece: Piece) -> None:
        self.taken: Taken | None = None
        self._uploads = tools.photos.uploads
        self._account = actor.account
        self._piece = piece
        self._at = piece.offset
        # What may be all of the photo waits until the stream says that it is.
        self._waiting = b""

    async def write(self, stream: AsyncIterator[bytes]) -> int:
        """Write all that comes; the offset reached. A cut stream loses nothing that arrived."""
        try:
            async for portion in stream:
                if self._waiting:
                    await self._flush()
                self._waiting = portion
        except BaseException:
            # Only a stream that was cut leaves something waiting; a failed flush has its own say.
            if self._waiting:
                await self._flush()
            raise
        await self._flush(last=True)
        return self._at

    async def _flush(self, *, last: bool = False) -> None:
        portion, self._waiting = self._waiting, b""
        piece = self._piece
        if self._at + len(portion) > piece.length:
            await self._uploads.drop(self._account, piece.sha256)
            raise HashMismatch
        if self._at:
            await self._uploads.append(self._account, piece.sha256, self._at, portion)
        elif portion:
            if len(portion) >= HEAD_BYTES:
                recognised(portion[:HEAD_BYTES])
            await self._begin(portion, whole=last and len(portion) == piece.length)
        self._at += len(portion)

    async def _begin(self, portion: bytes, *, whole: bool) -> None:
        piece = self._piece
        if whole:
            self.taken = await self._uploads.whole(self._account, piece.sha256, portion)
        else:
            await self._uploads.begin(self._account, piece.sha256, piece.length, portion)


async def _finish(
    tools: Tools, actor: Actor, sha256: str, length: int, taken: Taken | None = None
) -> None:
    """Check the whole photo, seal it, and leave a job to clean it."""
    if taken is None:
        taken = await tools.photos.uploads.take(actor.account, sha256, length)
    try:
        _check_whole(taken, sha256)
        await tools.photos.sealed.put(sha256, taken.path)
    except BaseException:
        await tools.photos.uploads.discard(taken)
        raise
    await in_one_trip(lambda: _note_arrival(actor, sha256, taken.size, tools.now()))


def _check_whole(taken: Taken, sha256: str) -> None:
    if taken.sha256 != sha256:
        raise HashMismatch
    recognised(taken.head)


async def _note_arrival(actor: Actor, sha256: str, size: int, at: datetime) -> None:
    if await photo_rows.note_arrival(sha256, actor.account, size, at):
        key = f"{CLEAN_PHOTO} {sha256}"
        await jobs.enqueue(kind=CLEAN_PHOTO, key=key, payload={"sha256": sha256}, at=at)
