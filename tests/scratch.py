"""Folders for databases that need not outlive a test run: in memory when there is room."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  syncing a file there costs nothing


def scratch_folder(prefix: str, megabytes: int) -> Path:
    """A new folder that can take so many megabytes."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    roomy = usable and shutil.disk_usage(MEMORY).free > 4 * megabytes * 2**20
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if roomy else None))
