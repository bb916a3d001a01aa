"""Names people sign in with, and passwords good enough to be kept."""

import unicodedata
from datetime import datetime, timedelta

from inspection.domain.access import Role
from inspection.domain.common_password import PasswordCommon, is_common
from inspection.domain.refusals import PasswordRefused

LEAST_PASSWORD = 8
MOST_PASSWORD = 128

IDLE_LIFE = timedelta(days=30)
"""How long a session lives unused."""

ABSOLUTE_LIFE = timedelta(days=90)
"""How long a session lives at most."""

ROLES_WITH_REGION = frozenset({Role.REGIONAL_MANAGER, Role.REVIEWER, Role.ADMINISTRATOR})


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


def session_end(created_at: datetime, seen_at: datetime) -> datetime:
    """When a session ends by itself: unused for a month, or three months after it began."""
    return min(seen_at + IDLE_LIFE, created_at + ABSOLUTE_LIFE)
