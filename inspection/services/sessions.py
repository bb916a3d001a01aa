"""Signing in and out, and who a session belongs to."""

import contextlib
import hashlib
from datetime import datetime, timedelta

import msgspec

from inspection.domain.access import AccountId, Action, Actor
from inspection.domain.account import session_end, sign_in_name
from inspection.domain.refusals import Refusal, SignInRefused
from inspection.persistence import accounts, audit, sessions
from inspection.persistence.accounts import AccountRow
from inspection.persistence.engine import tx
from inspection.persistence.sessions import SessionRow
from inspection.services import sign_in_limits
from inspection.services.overtaking import Overtaken, look_again
from inspection.services.passwords import Verdict
from inspection.services.sign_in_limits import Attempt
from inspection.services.tools import Tools

SEEN_EVERY = timedelta(minutes=1)
ENDED_SESSIONS_KEPT = timedelta(days=30)
LOST_SESSIONS_KEPT = timedelta(days=180)
"""How long a lost phone that comes online is told to erase what it holds."""

_LONGEST_USER_AGENT = 240


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """Where a sign-in comes from. `earlier_token` is the cookie of a session before, if any."""

    address: str
    user_agent: str = ""
    earlier_token: str = ""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A new session. The token is said here once and never again."""

    token: str
    actor: Actor
    session: SessionRow


async def sign_in(tools: Tools, name: str, password: str, device: Device) -> Opened:
    """Open a session. Raises SignInRefused, or SignInTooOften before anything is compared."""
    name = sign_in_name(name)
    known = await _known_device(await accounts.find_account(name), device)
    attempt = sign_in_limits.attempt(name, device.address, known)
    await sign_in_limits.begin(attempt, tools.now())

    async def decide() -> Opened:
        found = await accounts.find_account(name)
        verdict = await tools.passwords.verify(found.password_hash if found else None, password)
        if found is None or not verdict.fits or found.disabled_at is not None:
            raise SignInRefused
        return await _open(tools, found, verdict, attempt, device)

    return await look_again(decide)


async def actor_of(tools: Tools, token: str) -> tuple[Actor, SessionRow] | None:
    """The person behind a token, as the account is now. None when the session ended in any way."""
    now = tools.now()
    found = await sessions.find_open_session(_hash(token), now)
    if found is None:
        return None
    if now - found.row.seen_at >= SEEN_EVERY:
        # Worth a try only: somebody reading must not be refused because nobody can write now.
        with contextlib.suppress(Refusal):
            await sessions.prolong_session(
                found.row.id, seen_at=now, expires_at=session_end(found.row.created_at, now)
            )
    return found.actor, found.row


async def is_revoked(token: str) -> bool:
    """Whether whoever shows this token must erase what they hold, rather than sign in again."""
    return await sessions.is_revoked(_hash(token))


async def sign_out(tools: Tools, session: SessionRow) -> None:
    """End this session at once; a request still under way cannot bring it back."""
    now = tools.now()
    async with tx():
        await sessions.revoke_session(session.id, now)
        await _record(now, session, Action.SESSION_CLOSE)


def csrf_token(token: str) -> str:
    """What a state-changing request of this session must carry: known to our own pages only."""
    return hashlib.sha256(f"csrf{token}".encode()).hexdigest()


async def _open(
    tools: Tools, found: AccountRow, verdict: Verdict, attempt: Attempt, device: Device
) -> Opened:
    token, session = tools.new_token(), _new_session(tools, found)
    async with tx():
        # Comparing took its time: the password may be another by now, or the account closed.
        if await accounts.lock_account(found.id) != found:
            raise Overtaken
        await sign_in_limits.succeed(attempt, session.created_at)
        if verdict.renewed:
            await accounts.keep_password_hash(found.id, verdict.renewed)
        # The browser's last session gives way to this one, whoever it belonged to.
        await sessions.revoke_token(_hash(device.earlier_token), session.created_at)
        await sessions.prune_sessions(
            found.id,
            ended_before=session.created_at - ENDED_SESSIONS_KEPT,
            lost_before=session.created_at - LOST_SESSIONS_KEPT,
        )
        agent = device.user_agent[:_LONGEST_USER_AGENT]
        await sessions.add_session(session, token_hash=_hash(token), user_agent=agent)
        await _record(session.created_at, session, Action.SESSION_OPEN)
    return Opened(token=token, actor=_actor(found), session=session)


def _new_session(tools: Tools, account: AccountRow) -> SessionRow:
    now = tools.now()
    return SessionRow(
        id=tools.new_id(),
        account=account.id,
        created_at=now,
        seen_at=now,
        expires_at=session_end(now, now),
    )


async def _known_device(found: AccountRow | None, device: Device) -> str | None:
    """The earlier session of this very person on this device: a guesser does not have it."""
    if found is None or not device.earlier_token:
        return None
    return await sessions.find_session_of(_hash(device.earlier_token), found.id)


async def _record(at: datetime, session: SessionRow, action: Action) -> None:
    await audit.append(
        at=at, actor=session.account, action=action, noun="session", noun_id=session.id, body={}
    )


def _actor(account: AccountRow) -> Actor:
    return Actor(
        account=AccountId(account.id),
        role=account.role,
        name=account.name,
        region_path=account.region_path,
        store=account.store,
        language=account.language,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
