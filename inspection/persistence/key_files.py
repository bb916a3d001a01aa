"""Secrets of this installation that are files in the data folder, made at the first need."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from inspection.persistence.folders import Folders, disk_refusals, sync_folder, write_new


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """The text of the file, made when there is none. Of several processes that make one at once,
    one wins and all use it. Raises DiskFull when there is no room for the file.
    """
    if not path.exists():
        with disk_refusals():
            _make(path, make())
    return path.read_text(encoding="ascii").strip()


def _make(path: Path, text: str) -> None:
    folder = path.parent
    Folders(folder).make(folder)
    draft = folder / f".{path.name}.{secrets.token_hex(8)}"
    write_new(draft, f"{text}\n".encode("ascii"))
    try:
        # A link never replaces: whoever comes second finds the first one's key.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
        sync_folder(folder)
