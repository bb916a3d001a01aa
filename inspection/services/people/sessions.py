"""Signing in and out, and who a session belongs to."""

import contextlib
import hashlib
from datetime import datetime, timedelta

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.people.account import session_end, sign_in_name
from inspection.domain.refusals import CodeNeeded, Refusal, SignInRefused
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.people import accounts, second_steps, sessions
from inspection.persistence.people.accounts import AccountRow
from inspection.persistence.people.sessions import SessionRow
from inspection.services.overtaking import Overtaken, look_again
from inspection.services.passwords import Verdict
from inspection.services.people import sign_in_limits, sign_in_steps
from inspection.services.people.session_opening import (
    Device,
    Opened,
    known_device,
    open_session,
    token_hash,
)
from inspection.services.people.sign_in_limits import Attempt
from inspection.services.tools import Tools

__all__ = [
    "Device",
    "Opened",
    "actor_of",
    "csrf_token",
    "is_revoked",
    "look_once_more",
    "sign_in",
    "sign_out",
]

SEEN_EVERY = timedelta(minutes=1)


async def sign_in(tools: Tools, name: str, password: str, device: Device, code: str = "") -> Opened:
    """Open a session. Raises SignInRefused, or SignInTooOften before anything is compared; where
    the person has a second step, CodeNeeded without a code and CodeRefused with a wrong one.
    """
    name = sign_in_name(name)
    found = await accounts.find_account(name)
    known = await known_device(found.id, device) if found else None
    attempt = sign_in_limits.attempt(name, device.address, known)
    await sign_in_limits.begin(attempt, tools.now())

    async def decide() -> Opened | str:
        found = await accounts.find_account(name)
        verdict = await tools.passwords.verify(found.password_hash if found else None, password)
        if found is None or not verdict.fits or found.disabled_at is not None:
            raise SignInRefused
        return await _admit(tools, found, verdict, attempt, device)

    outcome = await look_again(decide)
    if isinstance(outcome, Opened):
        return outcome
    if not code:
        raise CodeNeeded(outcome)
    return await sign_in_steps.finish_step(tools, outcome, code, device)


async def actor_of(tools: Tools, token: str) -> tuple[Actor, SessionRow] | None:
    """The person behind a token, as the account is now. None when the session ended in any way."""
    now = tools.now()
    found = await sessions.find_open_session(token_hash(token), now)
    if found is None:
        return None
    if now - found.row.seen_at >= SEEN_EVERY:
        # Worth a try only: somebody reading must not be refused because nobody can write now.
        with contextlib.suppress(Refusal):
            end = session_end(tools.lives.of(found.actor.role), found.row.created_at, now)
            await sessions.prolong_session(found.row.id, seen_at=now, expires_at=end)
    return found.actor, found.row


async def look_once_more(tools: Tools, token: str) -> Actor | None:
    """The same once more in a request under way, noting nothing: one query."""
    found = await sessions.find_open_session(token_hash(token), tools.now())
    return found.actor if found else None


async def is_revoked(token: str) -> bool:
    """Whether whoever shows this token must erase what they hold, rather than sign in again."""
    return await sessions.is_revoked(token_hash(token))


async def sign_out(tools: Tools, session: SessionRow) -> None:
    """End this session at once; a request still under way cannot bring it back."""
    now = tools.now()
    async with tx():
        await sessions.revoke_session(session.id, now)
        await _record(now, session, Action.SESSION_CLOSE)


def csrf_token(token: str) -> str:
    """What a state-changing request of this session must carry: known to our own pages only."""
    return hashlib.sha256(f"csrf{token}".encode()).hexdigest()


async def _admit(
    tools: Tools, found: AccountRow, verdict: Verdict, attempt: Attempt, device: Device
) -> Opened | str:
    """A session, or the token under which the person's code is awaited."""
    async with tx():
        # Comparing took its time: the password may be another by now, or the account closed.
        if await accounts.lock_account(found.id) != found:
            raise Overtaken
        await sign_in_limits.succeed(attempt, tools.now())
        if verdict.renewed:
            await accounts.keep_password_hash(found.id, verdict.renewed)
            found = msgspec.structs.replace(found, password_hash=verdict.renewed)
        if await second_steps.is_on(found.id):
            return await sign_in_steps.begin_step(tools, found)
        return await open_session(tools, found, device)


async def _record(at: datetime, session: SessionRow, action: Action) -> None:
    await audit.append(
        at=at, actor=session.account, action=action, noun="session", noun_id=session.id, body={}
    )
