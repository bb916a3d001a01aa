"""The secret push messages are signed with: one per installation, for all processes."""

import secrets
from pathlib import Path
from typing import NewType

from inspection.domain.messages.push import decoded, encoded
from inspection.persistence.key_files import read_or_make

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
        text = read_or_make(self._path, lambda: encoded(_new_secret()))
        return _checked(text, str(self._path))


def _new_secret() -> bytes:
    return (secrets.randbelow(_ORDER - 1) + 1).to_bytes(KEY_BYTES)


def _checked(text: str, where: str) -> Secret:
    content = decoded(text)
    if len(content) != KEY_BYTES or not 0 < int.from_bytes(content) < _ORDER:
        msg = f"{where} holds no push key: 32 bytes as base64url; restore it from the backup"
        raise PushKeyDamaged(msg)
    return Secret(content)
