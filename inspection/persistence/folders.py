"""Folders and files that are still there after a power cut, for nobody else to read."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspection.domain.refusals import DiskFull

PRIVATE = 0o700
PRIVATE_FILE = 0o600


class Folders:
    """Makes folders at and below `base`. A folder's name lasts once its parent was synced, so each
    is synced into its parent once per process, whoever made it.
    """

    def __init__(self, base: Path) -> None:
        self._base = base
        self._lasting: set[Path] = set()

    def make(self, folder: Path) -> None:
        """See that the folder is there and lasts, and all above it up to `base`."""
        if folder in self._lasting and folder.is_dir():
            return
        if folder == self._base:
            folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        else:
            self.make(folder.parent)
            folder.mkdir(mode=PRIVATE, exist_ok=True)
            sync_folder(folder.parent)
        self._lasting.add(folder)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, content: bytes) -> None:
    """Make the file; its bytes last once this returns, its name once the folder is synced. Raises
    DiskFull, FileExistsError; a file that could not be written whole is not left there.
    """
    with disk_refusals():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(handle)
        except BaseException:
            path.unlink()
            raise


@contextmanager
def disk_refusals() -> Iterator[None]:
    """Say DiskFull where the system says that nothing more fits."""
    try:
        yield
    except OSError as fault:
        if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull from fault
        raise
