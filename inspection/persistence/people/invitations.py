"""Invitations: known by the SHA-256 of their token only; whoever is first takes one up."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from inspection.domain.access import AccountId
from inspection.persistence.statements import run, run_many


class InvitationRow(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation with who it is for and who it is from; `inviter` is empty for the operator.
    `used_on` is what the browser that took it up said of itself.
    """

    id: str
    account: AccountId
    sign_in: str
    name: str
    invited_by: str
    inviter: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_on: str
    revoked_at: datetime | None


async def add_invitation(
    *,
    id: str,
    token_hash: str,
    account: AccountId,
    invited_by: AccountId | None,
    created_at: datetime,
    expires_at: datetime,
) -> None:
    """Keep a new invitation."""
    await run(
        "INSERT INTO invitation (id, token_hash, account, invited_by, created_at, expires_at,"
        " used_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)",
        id,
        token_hash,
        account,
        invited_by,
        created_at,
        expires_at,
    )


async def find_invitation(token_hash: str) -> InvitationRow | None:
    """The invitation of a token, whatever became of it."""
    rows = await run(f"{_SELECT} WHERE i.token_hash = ?", token_hash)
    return msgspec.convert(rows[0], InvitationRow) if rows else None


async def latest_invitation(account: str) -> InvitationRow | None:
    """The last invitation a person was given."""
    rows = await run(
        f"{_SELECT} WHERE i.account = ? ORDER BY i.created_at DESC, i.id DESC LIMIT 1", account
    )
    return msgspec.convert(rows[0], InvitationRow) if rows else None


async def use_invitation(id: str, at: datetime, user_agent: str) -> bool:
    """Take the invitation up. False when it is over, or somebody was faster."""
    rows = await run(
        "UPDATE invitation SET used_at = ?, used_on = ? WHERE id = ? AND used_at IS NULL"
        " AND revoked_at IS NULL AND expires_at > ? RETURNING id",
        at,
        user_agent,
        id,
        at,
    )
    return bool(rows)


async def revoke_invitations_of(account: AccountId, at: datetime) -> int:
    """End every invitation of a person that was not taken up; how many."""
    return len(await run(f"{_REVOKE} AND account = ? RETURNING id", at, account))


async def revoke_invitations_by(account: AccountId, at: datetime) -> int:
    """The same of those the person issued to others."""
    return len(await run(f"{_REVOKE} AND invited_by = ? RETURNING id", at, account))


async def revoke_invitations_into(region: str, at: datetime) -> int:
    """The same of those of everybody who belongs to a region (by id)."""
    below = "account IN (SELECT id FROM account WHERE region = ?)"
    return len(await run(f"{_REVOKE} AND {below} RETURNING id", at, region))


async def revoke_invitations_among(accounts: Iterable[str], at: datetime) -> None:
    """End those of many people."""
    await run_many(f"{_REVOKE} AND account = ?", [(at, account) for account in accounts])


_REVOKE = "UPDATE invitation SET revoked_at = ? WHERE used_at IS NULL AND revoked_at IS NULL"

_SELECT = (
    "SELECT i.id, i.account, a.sign_in, a.name, coalesce(i.invited_by, '') AS invited_by,"
    " coalesce(b.name, '') AS inviter, i.created_at, i.expires_at, i.used_at, i.used_on,"
    " i.revoked_at FROM invitation i JOIN account a ON a.id = i.account"
    " LEFT JOIN account b ON b.id = i.invited_by"
)
