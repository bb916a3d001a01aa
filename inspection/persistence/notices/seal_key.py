"""What the database keeps sealed, so that a stolen copy of it makes nobody's one-time codes."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inspection.domain.messages.push import decoded, encoded
from inspection.persistence.key_files import read_or_make

FILE = "seal.key"
KEY_BYTES = 32
NONCE_BYTES = 12


class SealKeyDamaged(RuntimeError):
    """The key cannot be used, or is another than it was; the message says what to do."""


class SealKey:
    """One per installation, for all processes. Under another key nothing sealed opens again."""

    def __init__(self, folder: Path, given: str = "") -> None:
        self._path = folder / FILE
        self._given = given
        self._known: AESGCM | None = None

    def seal(self, text: str, owner: str) -> str:
        """The text, readable only with the key and only as the owner's. Raises SealKeyDamaged, or
        DiskFull when there is no room for the key's file.
        """
        nonce = os.urandom(NONCE_BYTES)
        return encoded(nonce + self._cipher().encrypt(nonce, text.encode(), owner.encode()))

    def opened(self, sealed: str, owner: str) -> str:
        """The text again. Raises SealKeyDamaged when this key did not seal it for the owner."""
        content = decoded(sealed)
        nonce, rest = content[:NONCE_BYTES], content[NONCE_BYTES:]
        try:
            return self._cipher().decrypt(nonce, rest, owner.encode()).decode()
        except (InvalidTag, ValueError) as fault:
            msg = f"{self._path} did not seal this: restore the key from the backup"
            raise SealKeyDamaged(msg) from fault

    def _cipher(self) -> AESGCM:
        if self._known is None:
            self._known = AESGCM(self._key())
        return self._known

    def _key(self) -> bytes:
        if self._given:
            return _checked(self._given, "MINGCHA_SEAL_KEY")
        text = read_or_make(self._path, lambda: encoded(secrets.token_bytes(KEY_BYTES)))
        return _checked(text, str(self._path))


def _checked(text: str, where: str) -> bytes:
    key = decoded(text)
    if len(key) != KEY_BYTES:
        msg = f"{where} holds no key: 32 bytes as base64url; restore it from the backup"
        raise SealKeyDamaged(msg)
    return key
