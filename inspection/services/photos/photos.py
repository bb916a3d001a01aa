"""Photos on their way in, and clean copies on their way out."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Place, may
from inspection.domain.photos.photo import (
    MOST_BYTES,
    CopyKind,
    PhotoState,
    recognised,
    refused,
)
from inspection.domain.refusals import (
    BodyTooLarge,
    NotAllowed,
    NotFound,
)
from inspection.persistence import jobs
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.photos import photo_rows, visit_photos
from inspection.persistence.photos.uploads import Taken
from inspection.services.pieces import Piece, Progress, Receiving
from inspection.services.tools import Tools

CLEAN_PHOTO = "photo.clean"
"""The kind of job a received photo leaves behind."""

EMPTY = "photo.empty"


class OwnPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo as its sender gets it back: what was sent, or the clean copy when that is gone."""

    content: bytes
    is_original: bool


async def offset_of(tools: Tools, actor: Actor, sha256: str) -> Progress:
    """Where the next piece begins. Raises NotFound when nothing of the photo is here."""
    _allow(actor)
    found = await _receiving(tools, actor).progress(sha256)
    if found is None:
        raise NotFound(noun="photo")
    return found


async def append_piece(
    tools: Tools, actor: Actor, piece: Piece, stream: AsyncIterator[bytes]
) -> Progress:
    """Add a piece of a photo. What came before a cut is kept; the last piece has the whole checked
    and queued for cleaning. Raises OffsetMismatch, HashMismatch, PhotoRefused, DiskFull and others.
    """
    _allow(actor)
    return await _receiving(tools, actor).append(piece, stream)


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
    # An inspector sends for visits, somebody of a store for that store: each their own.
    if not may(actor, Action.PHOTO_SEND, Place(inspector=actor.account, store=actor.store)):
        raise NotAllowed


def _receiving(tools: Tools, actor: Actor) -> Receiving:
    return Receiving(tools, actor.account, _Photos(tools, actor.account))


class _Photos:
    """Photos of one account as a kind of file: checked by their pixels' mark, sealed, cleaned."""

    def __init__(self, tools: Tools, account: str) -> None:
        self._tools = tools
        self._account = account

    async def size_here(self, sha256: str) -> int | None:
        return await photo_rows.find_size_for(sha256, self._account)

    def check_length(self, length: int) -> None:
        if length > MOST_BYTES:
            raise BodyTooLarge(limit=MOST_BYTES)
        if not length:
            raise refused(EMPTY)

    def check_head(self, head: bytes) -> None:
        recognised(head)

    async def keep(self, taken: Taken) -> None:
        await self._tools.photos.sealed.put(taken.sha256, taken.path)
        at = self._tools.now()
        await in_one_trip(lambda: _note_arrival(self._account, taken.sha256, taken.size, at))


async def _note_arrival(account: str, sha256: str, size: int, at: datetime) -> None:
    if await photo_rows.note_arrival(sha256, account, size, at):
        key = f"{CLEAN_PHOTO} {sha256}"
        await jobs.enqueue(kind=CLEAN_PHOTO, key=key, payload={"sha256": sha256}, at=at)
