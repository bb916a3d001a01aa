"""Tokens other programs read with: what each may read, for how long, in which part of the tree."""

from datetime import UTC, datetime
from enum import StrEnum

from inspection.domain.access import Action, Role, granted
from inspection.domain.org.region_path import lies_in

BEGINNING = "mct_"
"""What every token begins with, so that whoever finds one knows what it is."""

SHOWN = 10
"""How much of a token is kept readable, to tell it from others."""

LONGEST = 80
LIVES = (30, 90, 180, 365)
"""Days a token may live."""

NEVER_PROVED = datetime(1970, 1, 1, tzinfo=UTC)
"""When a token last gave a password."""

MOST = 20
"""Tokens one person has at a time."""


class TokenScope(StrEnum):
    """What a token reads."""

    RANKING = "ranking"
    ITEMS = "items"
    NOTICES = "notices"
    LINES = "lines"
    BULLETINS = "bulletins"


ACTIONS: dict[TokenScope, Action] = {
    TokenScope.RANKING: Action.RANKING_READ,
    TokenScope.ITEMS: Action.RANKING_READ,
    TokenScope.NOTICES: Action.NOTICE_READ,
    TokenScope.LINES: Action.RECTIFICATION_READ,
    TokenScope.BULLETINS: Action.BULLETIN_READ,
}
"""What its owner must be allowed to do for it."""


class TokenState(StrEnum):
    """Whether a token still opens anything."""

    WORKING = "working"
    EXPIRED = "expired"
    REVOKED = "revoked"


def scopes_of(role: Role) -> tuple[TokenScope, ...]:
    """What tokens of somebody with this role may read."""
    if not granted(role, Action.TOKEN_EDIT):
        return ()
    return tuple(scope for scope, action in ACTIONS.items() if granted(role, action))


def reach_of(own: str, narrowed: str) -> str | None:
    """The part of the tree a token reads: what its owner's and its own have in common, None where
    that is nothing. An empty `narrowed` is the whole of the owner's.
    """
    if not narrowed or lies_in(own, narrowed):
        return own
    return narrowed if lies_in(narrowed, own) else None


def token_state(revoked_at: datetime | None, expires_at: datetime, now: datetime) -> TokenState:
    """Where a token stands."""
    if revoked_at is not None:
        return TokenState.REVOKED
    return TokenState.EXPIRED if expires_at <= now else TokenState.WORKING
