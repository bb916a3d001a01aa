"""Names people sign in with, passwords good enough to be kept, and how long a sign-in lasts."""

import unicodedata
from datetime import datetime, timedelta

import msgspec

from inspection.domain.access import Role
from inspection.domain.people.common_password import PasswordCommon, is_common
from inspection.domain.refusals import PasswordRefused

LEAST_PASSWORD = 8
MOST_PASSWORD = 128

PROOF_LIFE = timedelta(minutes=5)
"""How long a password or code just given stands for the person in what needs one."""

PHONE_ROLES = frozenset({Role.INSPECTOR, Role.STORE_STAFF})
"""Who works on a phone of their own, often without a network; all others at a desk."""

ROLES_WITH_REGION = frozenset({Role.REGIONAL_MANAGER, Role.REVIEWER, Role.ADMINISTRATOR})


class SessionLife(msgspec.Struct, frozen=True):
    """How long a session lives unused, and how long at most."""

    idle: timedelta
    absolute: timedelta


class SessionLives(msgspec.Struct, frozen=True, kw_only=True):
    """How long sessions live, by where somebody works."""

    desk: SessionLife = SessionLife(timedelta(hours=12), timedelta(days=7))
    phone: SessionLife = SessionLife(timedelta(days=30), timedelta(days=90))

    def of(self, role: Role) -> SessionLife:
        """The life of this role's sessions."""
        return self.phone if role in PHONE_ROLES else self.desk


def sign_in_name(text: str) -> str:
    """The form names are kept and looked up in: Chinese keyboards type digits at full width."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def checked_password(password: str, sign_in: str) -> str:
    """The password as typed. Raises PasswordRefused when too short or too long, PasswordCommon when
    guessers try it first: a usual one, or the sign-in name.
    """
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise PasswordRefused(least=LEAST_PASSWORD, most=MOST_PASSWORD)
    if is_common(password) or sign_in_name(password) == sign_in_name(sign_in):
        raise PasswordCommon
    return password


def session_end(life: SessionLife, created_at: datetime, seen_at: datetime) -> datetime:
    """When a session ends by itself: unused for too long, or too long after it began."""
    return min(seen_at + life.idle, created_at + life.absolute)


def is_proved(proved_at: datetime | None, now: datetime) -> bool:
    """Whether a person gave password or code of late; None is who came without a browser."""
    return proved_at is None or now < proved_at + PROOF_LIFE
