"""Folders that are still there after a power cut."""

import os
from pathlib import Path

PRIVATE = 0o700


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
