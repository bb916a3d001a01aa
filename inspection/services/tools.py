"""What every service is handed: clock, ids, chance, and the things outside the database."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from inspection.domain.deadline import HoursKind
from inspection.domain.messages.mail import MailServer
from inspection.domain.people.account import SessionLives
from inspection.domain.working_time import WorkCalendar
from inspection.persistence.messages.push_key import PushKey
from inspection.persistence.notices.seal_key import SealKey
from inspection.persistence.photos.photos import PhotoStore
from inspection.services.passwords import Passwords


class Issuer(msgspec.Struct, frozen=True):
    """Who issues notices: the name on the letterhead, the letters (代字) in the number, and how
    the hours of a new line run.
    """

    name: str
    mark: str
    hours_kind: HoursKind = "calendar"


class PushDesk(msgspec.Struct, frozen=True):
    """How phones are told: the key of this installation, and the hosts that may be sent to."""

    key: PushKey
    hosts: tuple[str, ...]


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """What leads out of the house: the mail server, the makers of bots that may be called, the
    hosts of other systems when only some may be told, and whether the own network may be.
    """

    mail: MailServer | None = None
    bots: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()
    private: bool = False


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
    calendar: WorkCalendar
    """Working days and hours of deadlines."""

    deemed_days: int = 3
    """Working days after which a notice nobody signed for counts as received."""

    appeal_days: int = 3
    """Working days after delivery in which a store may appeal."""

    outside: Outside
    address: str
    """The address people type, without a trailing slash."""

    lives: SessionLives = SessionLives()
