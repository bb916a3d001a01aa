"""The secret push messages are signed with: one per installation, for all processes."""

import os
import secrets
from pathlib import Path
from typing import NewType

from inspection.domain.push import decoded, encoded
from inspection.persistence.folders import Folders, disk_refusals, sync_folder, write_new

FILE = "push.key"
KEY_BYTES = 32

# The order of the curve P-256: a secret lies between 1 and one below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

Secret = NewType("Secret", bytes)


class PushKeyDamaged(RuntimeError):
    """The key cannot be used; the message says where it stands and what to do."""


class PushKey:
    """Made at the first need. Of several processes that make one at once, one wins and all use it;
    a changed key would silence every phone that subscribed under the old one.
    """

    def __init__(self, folder: Path, given: str = "") -> None:
        self._path = folder / FILE
        self._given = given
        self._known: Secret | None = None

    def secret(self) -> Secret:
        """The 32 bytes. Raises PushKeyDamaged, or DiskFull when there is no room for the file."""
        if self._known is None:
            self._known = self._read_or_make()
        return self._known

    def _read_or_make(self) -> Secret:
        if self._given:
            return _checked(self._given, "MINGCHA_PUSH_KEY")
        if not self._path.exists():
            with disk_refusals():
                self._make()
        return _checked(self._path.read_text(encoding="ascii").strip(), str(self._path))

    def _make(self) -> None:
        folder = self._path.parent
        Folders(folder).make(folder)
        draft = folder / f".{FILE}.{secrets.token_hex(8)}"
        write_new(draft, f"{encoded(_new_secret())}\n".encode("ascii"))
        try:
            # A link never replaces: whoever comes second finds the first one's key.
            os.link(draft, self._path)
        except FileExistsError:
            return
        finally:
            draft.unlink()
            sync_folder(folder)


def _new_secret() -> bytes:
    return (secrets.randbelow(_ORDER - 1) + 1).to_bytes(KEY_BYTES)


def _checked(text: str, where: str) -> Secret:
    content = decoded(text)
    if len(content) != KEY_BYTES or not 0 < int.from_bytes(content) < _ORDER:
        msg = f"{where} holds no push key: 32 bytes as base64url; restore it from the backup"
        raise PushKeyDamaged(msg)
    return Secret(content)
