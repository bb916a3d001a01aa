"""The browsers somebody is signed in on."""

from datetime import datetime

import msgspec

from inspection.persistence.statements import run


class DeviceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One open session as its owner may recognise it."""

    id: str
    user_agent: str
    created_at: datetime
    seen_at: datetime


async def devices_of(account: str, now: datetime) -> tuple[DeviceRow, ...]:
    """A person's open sessions, the one used last first."""
    rows = await run(
        "SELECT id, user_agent, created_at, seen_at FROM session WHERE account = ?"
        " AND revoked_at IS NULL AND expires_at > ? ORDER BY seen_at DESC, id DESC",
        account,
        now,
    )
    return msgspec.convert(rows, tuple[DeviceRow, ...])


async def revoke_device(account: str, session: str, now: datetime) -> bool:
    """End one open session of this person. False when there is none."""
    rows = await run(
        "UPDATE session SET revoked_at = ? WHERE id = ? AND account = ? AND revoked_at IS NULL"
        " RETURNING id",
        now,
        session,
        account,
    )
    await run("DELETE FROM push_subscription WHERE session = ? AND account = ?", session, account)
    return bool(rows)


async def revoke_other_devices(account: str, spared: str, now: datetime) -> None:
    """End every session of a person but one."""
    await run(
        "UPDATE session SET revoked_at = ? WHERE account = ? AND id <> ? AND revoked_at IS NULL",
        now,
        account,
        spared,
    )
    await run("DELETE FROM push_subscription WHERE account = ? AND session <> ?", account, spared)
