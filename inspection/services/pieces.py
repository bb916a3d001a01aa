"""Files that arrive in pieces, resumable at any byte, named by their SHA-256 before they come."""

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from inspection.domain.photos.photo import HEAD_BYTES
from inspection.domain.refusals import HashMismatch, OffsetMismatch, Refusal
from inspection.persistence.photos.uploads import Taken, Uploads
from inspection.services.tools import Tools


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a file as announced: the file's name and length, and where the piece begins."""

    sha256: str
    offset: int
    length: int


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a file is here; complete means received, checked and durable."""

    offset: int
    complete: bool


class Kind(Protocol):
    """What is sent: which of it is here already, what it has to look like, where it goes."""

    async def size_here(self, sha256: str) -> int | None:
        """How large the file is that is here whole; None for one that is not."""
        ...

    def check_length(self, length: int) -> None:
        """Raises a Refusal for what is too long, or empty."""
        ...

    def check_head(self, head: bytes) -> None:
        """Raises a Refusal for bytes no such file begins with."""
        ...

    async def keep(self, taken: Taken) -> None:
        """Keep what arrived whole, its hash being right. Raises a Refusal for what is none."""
        ...


class Receiving:
    """What one account sends of one kind."""

    def __init__(self, tools: Tools, account: str, kind: Kind) -> None:
        self._uploads = tools.photos.uploads
        self._account = account
        self._kind = kind

    async def progress(self, sha256: str) -> Progress | None:
        """Where the next piece begins; None when nothing is here."""
        size = await self._kind.size_here(sha256)
        if size is not None:
            return Progress(offset=size, complete=True)
        offset = await self._uploads.offset(self._account, sha256)
        if not offset:
            return None
        if await self._uploads.is_whole(self._account, sha256):
            # The server stopped between the last byte and its answer.
            await self._finish(sha256, offset)
            return Progress(offset=offset, complete=True)
        return Progress(offset=offset, complete=False)

    async def append(self, piece: Piece, stream: AsyncIterator[bytes]) -> Progress:
        """Add a piece. What came before a cut is kept; the last piece has the whole checked and
        kept. Raises OffsetMismatch, HashMismatch, DiskFull and what the kind refuses.
        """
        self._kind.check_length(piece.length)
        try:
            return await self._append(piece, stream)
        except Refusal:
            # An answer before the last byte would look like a broken connection to the phone.
            async for _ in stream:
                pass
            raise

    async def _append(self, piece: Piece, stream: AsyncIterator[bytes]) -> Progress:
        size = await self._kind.size_here(piece.sha256)
        if size is not None:
            async for _ in stream:
                pass
            return Progress(offset=size, complete=True)
        writing = _Writing(self._uploads, self._account, self._kind, piece)
        try:
            offset = await writing.write(stream)
        except OffsetMismatch as no:
            if no.facts["offset"] != piece.length:
                raise
            offset = piece.length
        if offset < piece.length:
            return Progress(offset=offset, complete=False)
        await self._finish(piece.sha256, piece.length, writing.taken)
        return Progress(offset=offset, complete=True)

    async def _finish(self, sha256: str, length: int, taken: Taken | None = None) -> None:
        if taken is None:
            taken = await self._uploads.take(self._account, sha256, length)
        try:
            _check_hash(taken, sha256)
            self._kind.check_head(taken.head)
            await self._kind.keep(taken)
        except BaseException:
            await self._uploads.discard(taken)
            raise


class _Writing:
    """One piece on its way to the disk, in the portions it comes in. `taken` is the file when it
    came as one: then it was never an unfinished one.
    """

    def __init__(self, uploads: Uploads, account: str, kind: Kind, piece: Piece) -> None:
        self.taken: Taken | None = None
        self._uploads = uploads
        self._account = account
        self._kind = kind
        self._piece = piece
        self._at = piece.offset
        # What may be all of it waits until the stream says that it is.
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
                self._kind.check_head(portion[:HEAD_BYTES])
            await self._begin(portion, whole=last and len(portion) == piece.length)
        self._at += len(portion)

    async def _begin(self, portion: bytes, *, whole: bool) -> None:
        piece = self._piece
        if whole:
            self.taken = await self._uploads.whole(self._account, piece.sha256, portion)
        else:
            await self._uploads.begin(self._account, piece.sha256, piece.length, portion)


def _check_hash(taken: Taken, sha256: str) -> None:
    if taken.sha256 != sha256:
        raise HashMismatch
