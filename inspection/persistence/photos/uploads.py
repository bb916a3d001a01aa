"""Photos still arriving: one file per account and photo, as long as what came so far."""

import asyncio
import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from inspection.domain.photos.photo import HEAD_BYTES
from inspection.domain.refusals import DiskFull, OffsetMismatch, UploadsTooMany
from inspection.persistence.folders import PRIVATE_FILE, disk_refusals, write_new

ROOM_KEPT = 256 * 1024 * 1024
"""Bytes of the disk no photo may take: the database and the log need them more."""

MOST_UNFINISHED = 200
"""Photos one account may have begun; as many as one visit can hold."""

ABANDONED_AFTER = 7 * 24 * 3600.0
"""Seconds after which an upload nobody continued makes way for a new one."""


class Taken(msgspec.Struct, frozen=True):
    """A finished upload: where its file is now, its size and hash, and how its bytes begin."""

    path: Path
    size: int
    sha256: str
    head: bytes


class Uploads:
    """The scratch folder. Every byte it says it has is on the disk, not just in its cache; only the
    name of a photo just begun may not survive a power cut, and then the photo is begun anew.
    """

    def __init__(self, root: Path, *, room_kept: int = ROOM_KEPT) -> None:
        self._root = root
        self._room_kept = room_kept

    async def offset(self, account: str, digest: str) -> int:
        """How many bytes are here: where the next piece begins."""
        return await asyncio.to_thread(_size, self._path(account, digest))

    async def is_whole(self, account: str, digest: str) -> bool:
        """Whether the bytes here are already all of the photo."""
        return await asyncio.to_thread(_hashes_to, self._path(account, digest), digest)

    async def begin(self, account: str, digest: str, length: int, piece: bytes) -> None:
        """Keep the first piece of a photo. Raises DiskFull or UploadsTooMany when another does not
        fit, OffsetMismatch when it was begun before.
        """
        await asyncio.to_thread(self._begin, account, digest, length, piece)

    async def whole(self, account: str, digest: str, content: bytes) -> Taken:
        """Keep a photo that came all at once, out of reach of every other request as after `take`.
        Raises what `begin` raises.
        """
        return await asyncio.to_thread(self._whole, account, digest, content)

    async def append(self, account: str, digest: str, offset: int, piece: bytes) -> None:
        """Add a piece where the last one ended. Raises OffsetMismatch when it begins elsewhere."""
        await asyncio.to_thread(_append, self._path(account, digest), offset, piece)

    async def take(self, account: str, digest: str, length: int) -> Taken:
        """Put the finished file out of reach of every other request; it is the caller's to move or
        to discard. Raises OffsetMismatch when there is no such file, or not all of it.
        """
        return await asyncio.to_thread(_take, self._path(account, digest), length)

    async def discard(self, taken: Taken) -> None:
        """Forget a file that was taken and turned out wrong."""
        await asyncio.to_thread(taken.path.unlink, missing_ok=True)

    async def drop(self, account: str, digest: str) -> None:
        """Forget what came of a photo."""
        await asyncio.to_thread(self._path(account, digest).unlink, missing_ok=True)

    def _path(self, account: str, digest: str) -> Path:
        return self._root / _folder(account) / digest

    def _begin(self, account: str, digest: str, length: int, piece: bytes) -> None:
        _append(self._with_room(account, digest, length) / digest, 0, piece)

    def _whole(self, account: str, digest: str, content: bytes) -> Taken:
        path = self._with_room(account, digest, len(content)) / digest
        if size := _size(path):
            raise OffsetMismatch(offset=size)
        found = hashlib.sha256(content).hexdigest()
        aside = _aside(path)
        write_new(aside, content)
        return Taken(aside, len(content), found, content[:HEAD_BYTES])

    def _with_room(self, account: str, digest: str, length: int) -> Path:
        """The folder of an account, where one more photo may begin."""
        folder = self._root / _folder(account)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        disk = os.statvfs(folder)
        if disk.f_bavail * disk.f_frsize < self._room_kept + length:
            raise DiskFull
        others = [entry for entry in os.scandir(folder) if entry.name != digest]
        if len(others) >= MOST_UNFINISHED and not _forget_abandoned(others):
            raise UploadsTooMany(most=MOST_UNFINISHED)
        return folder


def _folder(account: str) -> str:
    # Ids of accounts are ours, but a path is no place to rely on that.
    return hashlib.sha256(account.encode()).hexdigest()[:32]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


def _hashes_to(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except FileNotFoundError:
        return False


def _append(path: Path, offset: int, piece: bytes) -> None:
    with _opened(path, create=offset == 0) as handle:
        size = os.fstat(handle).st_size
        if size != offset:
            raise OffsetMismatch(offset=size)
        _write(handle, offset, piece)


def _write(handle: int, offset: int, piece: bytes) -> None:
    """Put it onto the disk, not just into its cache."""
    with disk_refusals():
        written = 0
        while written < len(piece):
            written += os.pwrite(handle, memoryview(piece)[written:], offset + written)
        os.fsync(handle)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}")


def _take(path: Path, length: int) -> Taken:
    aside = _aside(path)
    with _opened(path, create=False) as handle:
        # The whole file may be gone already and another connection have begun the photo anew.
        if (size := os.fstat(handle).st_size) != length:
            raise OffsetMismatch(offset=size)
        path.rename(aside)
    content = aside.read_bytes()
    return Taken(aside, len(content), hashlib.sha256(content).hexdigest(), content[:HEAD_BYTES])


@contextmanager
def _opened(path: Path, *, create: bool) -> Iterator[int]:
    """The file, ours alone until we are done: the same piece may come over two connections."""
    flags = os.O_RDWR | (os.O_CREAT if create else 0)
    try:
        handle = os.open(path, flags, PRIVATE_FILE)
    except FileNotFoundError:
        raise OffsetMismatch(offset=0) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        # While we waited another request may have finished the photo and moved the file away.
        if _inode(path) != os.fstat(handle).st_ino:
            raise OffsetMismatch(offset=_size(path))
        yield handle
    finally:
        os.close(handle)


def _forget_abandoned(begun: list[os.DirEntry[str]]) -> int:
    limit = time.time() - ABANDONED_AFTER
    forgotten = 0
    for entry in begun:
        # Any of them may be finished and gone in this very moment.
        with suppress(FileNotFoundError):
            if entry.stat().st_mtime < limit:
                Path(entry.path).unlink()
                forgotten += 1
    return forgotten
