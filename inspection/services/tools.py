"""What every service is handed: clock, ids, chance, and the things outside the database."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from inspection.persistence.photos import PhotoStore
from inspection.persistence.push_key import PushKey
from inspection.persistence.seal_key import SealKey
from inspection.services.passwords import Passwords


class Issuer(msgspec.Struct, frozen=True):
    """Who issues notices: the name on the letterhead and the letters (代字) in the number."""

    name: str
    mark: str


class PushDesk(msgspec.Struct, frozen=True):
    """How phones are told: the key of this installation, and the hosts that may be sent to."""

    key: PushKey
    hosts: tuple[str, ...]


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """Built once by the composition root; tests hand in a fixed clock and counted ids."""

    now: Callable[[], datetime]
    """UTC, with its zone."""

    new_id: Callable[[], str]
    """A sortable id (UUIDv7) for rows no store ever sees."""

    random_id: Callable[[], str]
    """An id that says nothing about time or order, for everything a store may see."""

    new_token: Callable[[], str]
    """A 256-bit secret, safe in URLs and cookies."""

    photos: PhotoStore
    passwords: Passwords
    issuer: Issuer
    push: PushDesk
    seal_key: SealKey
    address: str
    """The address people type, without a trailing slash."""
