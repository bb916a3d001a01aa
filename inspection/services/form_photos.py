"""Photos that come with a form of a page: kept as if a phone had sent them."""

import hashlib
from collections.abc import AsyncIterator, Iterable

from inspection.domain.access import Actor
from inspection.services.photos.photos import append_piece
from inspection.services.pieces import Piece
from inspection.services.tools import Tools


async def keep_photos(tools: Tools, actor: Actor, contents: Iterable[bytes]) -> tuple[str, ...]:
    """Keep each photo and leave the job that cleans it; their digests, in this order. Raises
    PhotoRefused, BodyTooLarge, DiskFull.
    """
    return tuple([await _kept(tools, actor, content) for content in contents])


async def _kept(tools: Tools, actor: Actor, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()

    async def whole() -> AsyncIterator[bytes]:
        yield content

    await append_piece(tools, actor, Piece(sha256=digest, offset=0, length=len(content)), whole())
    return digest
