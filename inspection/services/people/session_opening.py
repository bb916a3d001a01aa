"""A new session, inside the transaction of whoever decided that there may be one."""

import hashlib
from datetime import timedelta

import msgspec

from inspection.domain.access import AccountId, Action, Actor
from inspection.domain.people.account import session_end
from inspection.persistence.audit import audit
from inspection.persistence.people import sessions
from inspection.persistence.people.accounts import AccountRow
from inspection.persistence.people.sessions import SessionRow
from inspection.services.tools import Tools

ENDED_SESSIONS_KEPT = timedelta(days=30)
LOST_SESSIONS_KEPT = timedelta(days=180)
"""How long a lost phone that comes online is told to erase what it holds."""

_LONGEST_USER_AGENT = 240


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """Where a sign-in comes from. `earlier_token` is the cookie of a session before, if any."""

    address: str
    user_agent: str = ""
    earlier_token: str = ""

    @property
    def said(self) -> str:
        """As much of what it says of itself as is kept."""
        return self.user_agent[:_LONGEST_USER_AGENT]


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A new session. The token is said here once and never again."""

    token: str
    actor: Actor
    session: SessionRow


async def open_session(tools: Tools, account: AccountRow, device: Device) -> Opened:
    """Open a session for a person whose row the caller's transaction holds. It says the event."""
    token, session = tools.new_token(), _new_session(tools, account)
    # The browser's last session gives way to this one, whoever it belonged to.
    await sessions.revoke_token(token_hash(device.earlier_token), session.created_at)
    await sessions.prune_sessions(
        account.id,
        ended_before=session.created_at - ENDED_SESSIONS_KEPT,
        lost_before=session.created_at - LOST_SESSIONS_KEPT,
    )
    await sessions.add_session(session, token_hash=token_hash(token), user_agent=device.said)
    await audit.append(
        at=session.created_at,
        actor=account.id,
        action=Action.SESSION_OPEN,
        noun="session",
        noun_id=session.id,
        body={},
    )
    return Opened(token=token, actor=_actor(account, session), session=session)


async def known_device(account: AccountId, device: Device) -> str | None:
    """The earlier session of this very person on this device: a guesser does not have it."""
    if not device.earlier_token:
        return None
    return await sessions.find_session_of(token_hash(device.earlier_token), account)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_session(tools: Tools, account: AccountRow) -> SessionRow:
    life, now = tools.lives.of(account.role), tools.now()
    return SessionRow(
        id=tools.new_id(),
        account=account.id,
        created_at=now,
        seen_at=now,
        expires_at=session_end(life, now, now),
    )


def _actor(account: AccountRow, session: SessionRow) -> Actor:
    return Actor(
        account=AccountId(account.id),
        role=account.role,
        name=account.name,
        region_path=account.region_path,
        store=account.store,
        language=account.language,
        proved_at=session.created_at,
    )
