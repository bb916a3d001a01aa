"""Profiles of inspectors as rows."""

import msgspec

from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import run


class ProfileRow(msgspec.Struct, frozen=True, kw_only=True):
    """An inspector with home (a path) and caps of their own."""

    id: str
    name: str
    pseudonym: str
    home: str
    per_round: int | None
    per_day: int | None


async def find_profile(account: str, *, lock: bool = False) -> ProfileRow | None:
    """The profile of an inspector; when asked, the account is locked until the transaction ends."""
    if lock:
        await run(f"SELECT id FROM account WHERE id = ?{for_update_clause()}", account)
    rows = await run(
        "SELECT a.id, a.name, a.pseudonym, coalesce(g.path, '') AS home, p.per_round, p.per_day"
        " FROM account a LEFT JOIN inspector_profile p ON p.account = a.id"
        " LEFT JOIN region g ON g.id = p.home WHERE a.id = ? AND a.role = 'inspector'",
        account,
    )
    return msgspec.convert(rows[0], ProfileRow) if rows else None


async def keep_profile(id_: str, row: ProfileRow) -> None:
    """Write a profile, in the place of what was known; `id_` is for a new one."""
    await run(
        "INSERT INTO inspector_profile (id, account, home, per_round, per_day)"
        " VALUES (?, ?, (SELECT id FROM region WHERE path = ?), ?, ?)"
        " ON CONFLICT (account) DO UPDATE SET home = excluded.home,"
        " per_round = excluded.per_round, per_day = excluded.per_day",
        id_,
        row.id,
        row.home,
        row.per_round,
        row.per_day,
    )
