"""Signed-in browsers. A token is known by its SHA-256 only; the row decides, never the cookie. What
ends a session ends what its browser is told.
"""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Actor
from inspection.persistence.statements import run
from inspection.persistence.tables import Session


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One open session."""

    id: str
    account: AccountId
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class OpenSession(msgspec.Struct, frozen=True):
    """An open session with the person it belongs to, as the account is now."""

    row: SessionRow
    actor: Actor


async def add_session(row: SessionRow, *, token_hash: str, user_agent: str) -> None:
    """Keep a new session: whoever signed in just proved who they are."""
    await Session.raw(
        "INSERT INTO session (id, token_hash, account, created_at, seen_at, expires_at, revoked_at,"
        " lost_at, user_agent, proved_at) VALUES ({}, {}, {}, {}, {}, {}, NULL, NULL, {}, {})",
        row.id,
        token_hash,
        row.account,
        row.created_at,
        row.seen_at,
        row.expires_at,
        user_agent,
        row.created_at,
    )


async def find_open_session(token_hash: str, now: datetime) -> OpenSession | None:
    """The session and its person. None when ended, revoked, or the account is disabled."""
    # Asked at every request: hand-written SQL is spared what a query costs to be put together.
    rows = await run(
        "SELECT s.id, s.account, s.created_at, s.seen_at, s.expires_at, a.role, a.name,"
        " a.region_path, a.store, a.language, coalesce(s.proved_at, s.created_at) AS proved_at"
        " FROM session s JOIN account a ON a.id = s.account"
        " WHERE s.token_hash = ? AND s.revoked_at IS NULL AND s.expires_at > ?"
        " AND a.disabled_at IS NULL",
        token_hash,
        now,
    )
    if not rows:
        return None
    return OpenSession(msgspec.convert(rows[0], SessionRow), msgspec.convert(rows[0], Actor))


async def find_session_of(token_hash: str, account: AccountId) -> str | None:
    """The id of a session, open or not, when the token once belonged to this account and its phone
    was not lost.
    """
    rows = await Session.raw(
        "SELECT id FROM session WHERE token_hash = {} AND account = {} AND lost_at IS NULL",
        token_hash,
        account,
    )
    return str(rows[0]["id"]) if rows else None


async def prolong_session(session: str, *, seen_at: datetime, expires_at: datetime) -> None:
    """Note that the session was used. Never brings a revoked one back."""
    await Session.raw(
        "UPDATE session SET seen_at = {}, expires_at = {} WHERE id = {} AND revoked_at IS NULL",
        seen_at,
        expires_at,
        session,
    )


async def note_proof(session: str, at: datetime) -> None:
    """Note that its person gave password or code again. Never brings a revoked one back."""
    await run("UPDATE session SET proved_at = ? WHERE id = ? AND revoked_at IS NULL", at, session)


async def revoke_session(session: str, now: datetime) -> None:
    """End one session, at once and for good."""
    await Session.raw(
        "UPDATE session SET revoked_at = {} WHERE id = {} AND revoked_at IS NULL", now, session
    )
    await run("DELETE FROM push_subscription WHERE session = ?", session)


async def revoke_token(token_hash: str, now: datetime) -> None:
    """End the session of a token, if there is one."""
    await Session.raw(
        "UPDATE session SET revoked_at = {} WHERE token_hash = {} AND revoked_at IS NULL",
        now,
        token_hash,
    )
    await run(
        "DELETE FROM push_subscription WHERE session IN"
        " (SELECT id FROM session WHERE token_hash = ?)",
        token_hash,
    )


async def revoke_sessions_of(account: AccountId, now: datetime) -> None:
    """End every session of a person."""
    await Session.raw(
        "UPDATE session SET revoked_at = {} WHERE account = {} AND revoked_at IS NULL", now, account
    )
    await run("DELETE FROM push_subscription WHERE account = ?", account)


async def note_phones_lost(account: AccountId, now: datetime) -> None:
    """End every session of a person and mark them, the ended ones too, as on a lost phone."""
    await Session.raw(
        "UPDATE session SET revoked_at = COALESCE(revoked_at, {}), lost_at = {} WHERE account = {}",
        now,
        now,
        account,
    )
    await run("DELETE FROM push_subscription WHERE account = ?", account)


async def is_revoked(token_hash: str) -> bool:
    """Whether the token was a session of an account now disabled, or was on a lost phone."""
    rows = await run(
        "SELECT s.id FROM session s JOIN account a ON a.id = s.account WHERE s.token_hash = ?"
        " AND (s.lost_at IS NOT NULL OR a.disabled_at IS NOT NULL)",
        token_hash,
    )
    return bool(rows)


async def prune_sessions(
    account: AccountId, *, ended_before: datetime, lost_before: datetime
) -> None:
    """Forget sessions of a person that ended long ago; those on a lost phone only later."""
    await Session.raw(
        "DELETE FROM session WHERE account = {} AND expires_at < {}"
        " AND (lost_at IS NULL OR lost_at < {})",
        account,
        ended_before,
        lost_before,
    )
