"""Content-addressed blobs: photos, their clean copies, printed notices. Named by their SHA-256."""

import asyncio
import secrets
from pathlib import Path
from typing import Protocol

from inspection.persistence.folders import Folders, disk_refusals, sync_folder, write_new
from inspection.persistence.photos.uploads import Uploads


class BlobStore(Protocol):
    """Four functions, so that a local disk and an S3-compatible store are interchangeable."""

    async def put(self, digest: str, content: bytes | Path) -> None:
        """Keep the content durably under its digest; again is fine. A file is moved in."""
        ...

    async def get(self, digest: str) -> bytes:
        """The whole content. Raises KeyError when there is none."""
        ...

    async def has(self, digest: str) -> bool:
        """Whether the content is kept."""
        ...

    async def delete(self, digest: str) -> None:
        """Forget the content; forgetting what is not there is fine."""
        ...


class PhotoStore(BlobStore, Protocol):
    """What may be shown, and beside it two compartments nobody but the sender is served from."""

    @property
    def sealed(self) -> BlobStore:
        """Originals as the phones sent them, with whatever their metadata gives away."""
        ...

    @property
    def uploads(self) -> Uploads:
        """Pieces of photos still arriving."""
        ...


class LocalBlobs:
    """Blobs as files below one folder. A name appears only when its bytes are safe on the disk."""

    def __init__(self, root: Path, folders: Folders | None = None) -> None:
        self._root = root
        self._folders = folders or Folders(root.parent)

    async def put(self, digest: str, content: bytes | Path) -> None:
        """Temporary file, fsync, rename, fsync of the folder: in that order."""
        await asyncio.to_thread(self.keep, digest, content)

    async def get(self, digest: str) -> bytes:
        """Raises KeyError when there is no such blob."""
        try:
            return await asyncio.to_thread(self._path(digest).read_bytes)
        except FileNotFoundError:
            raise KeyError(digest) from None

    async def has(self, digest: str) -> bool:
        """Whether the blob is there."""
        return await asyncio.to_thread(self._path(digest).exists)

    async def delete(self, digest: str) -> None:
        """Remove the blob if it is there."""
        await asyncio.to_thread(self._path(digest).unlink, missing_ok=True)

    def keep(self, digest: str, content: bytes | Path) -> None:
        """`put` for a caller that is on a thread of its own already."""
        path = self._path(digest)
        with disk_refusals():
            self._folders.make(path.parent)
            if isinstance(content, bytes):
                draft = path.with_name(f".{digest}.{secrets.token_hex(4)}")
                write_new(draft, content)
                content = draft
            content.replace(path)
            sync_folder(path.parent)

    def _path(self, digest: str) -> Path:
        # Digests come from our own hashing or from a checked column; this line keeps it that way.
        if len(digest) != 64 or not set(digest) <= _HEX:
            msg = f"not a digest: {digest!r}"
            raise ValueError(msg)
        return self._root / digest[:2] / digest


class LocalPhotos(LocalBlobs):
    """The photo store of an installation on one machine: one folder with three compartments."""

    def __init__(self, root: Path) -> None:
        # Whoever comes first makes `root`: that name has to last too.
        folders = Folders(root.parent)
        super().__init__(root / "copies", folders)
        self._sealed = LocalBlobs(root / "sealed", folders)
        self._uploads = Uploads(root / "uploads")

    @property
    def sealed(self) -> LocalBlobs:
        """Originals; only the cleaner reads them, and who sent them."""
        return self._sealed

    @property
    def uploads(self) -> Uploads:
        """On the same file system as `sealed`, so that a finished upload is moved, not copied."""
        return self._uploads


_HEX = frozenset("0123456789abcdef")
