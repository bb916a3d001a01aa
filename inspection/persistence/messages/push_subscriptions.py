"""Browsers that want to be told: kept per session, asked for per person."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.persistence.statements import marks, run

MOST = 20
"""Browsers of one person that are told, latest first."""

MOST_REFUSALS = 5
"""So many in a row, and a browser is told no more until its app starts and subscribes anew."""


class PushRow(msgspec.Struct, frozen=True, kw_only=True):
    """One browser to tell, with the language its person reads."""

    id: str
    endpoint: str
    p256dh: str
    auth: str
    language: str
    failed: int


class NewPush(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that asks to be told."""

    id: str
    account: str
    session: str
    endpoint: str
    p256dh: str
    auth: str
    created_at: datetime


async def keep_subscription(new: NewPush) -> None:
    """Keep it in the place of the session's last one. An address is one browser: whoever signed in
    there last has it.
    """
    await run(
        "DELETE FROM push_subscription WHERE session = ? AND endpoint <> ?",
        new.session,
        new.endpoint,
    )
    await run(
        "INSERT INTO push_subscription (id, account, session, endpoint, p256dh, auth, created_at,"
        " failed) VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (endpoint) DO UPDATE SET"
        " account = excluded.account, session = excluded.session, p256dh = excluded.p256dh,"
        " auth = excluded.auth, created_at = excluded.created_at, failed = 0",
        *msgspec.structs.astuple(new),
    )


async def drop_subscription(session: str) -> bool:
    """Forget where a session wanted to be told; False when it did not."""
    rows = await run("DELETE FROM push_subscription WHERE session = ? RETURNING id", session)
    return bool(rows)


async def forget_subscription(subscription: str, endpoint: str) -> None:
    """Forget one browser, unless it has subscribed anew meanwhile."""
    await run("DELETE FROM push_subscription WHERE id = ? AND endpoint = ?", subscription, endpoint)


async def note_taken(subscription: str) -> None:
    """Its push service took a message: refusals before that count no more."""
    await run("UPDATE push_subscription SET failed = 0 WHERE id = ?", subscription)


async def note_refused(subscription: str) -> None:
    """Count a refusal of its push service, and forget the browser at the last one allowed."""
    await run("UPDATE push_subscription SET failed = failed + 1 WHERE id = ?", subscription)
    await run(
        "DELETE FROM push_subscription WHERE id = ? AND failed >= ?", subscription, MOST_REFUSALS
    )


async def told_accounts(accounts: Sequence[str]) -> tuple[str, ...]:
    """Those of these people who have a browser to tell."""
    if not accounts:
        return ()
    rows = await run(
        "SELECT DISTINCT account FROM push_subscription WHERE account IN"
        f" ({marks(len(accounts))}) ORDER BY account",
        *accounts,
    )
    return tuple(str(row["account"]) for row in rows)


async def subscriptions_of(account: str, now: datetime) -> tuple[PushRow, ...]:
    """The browsers of a person whose session is still open."""
    rows = await run(
        "SELECT p.id, p.endpoint, p.p256dh, p.auth, a.language, p.failed FROM push_subscription p"
        " JOIN session s ON s.id = p.session JOIN account a ON a.id = p.account"
        " WHERE p.account = ? AND s.revoked_at IS NULL AND s.expires_at > ?"
        " AND a.disabled_at IS NULL ORDER BY p.created_at DESC, p.id LIMIT ?",
        account,
        now,
        MOST,
    )
    return msgspec.convert(rows, tuple[PushRow, ...])
