"""Pseudonyms that were ever given: nobody gets one that was somebody else's."""

from datetime import datetime

from inspection.domain.access import AccountId
from inspection.persistence.statements import run


async def claim_pseudonym(code: str, account: AccountId, at: datetime) -> bool:
    """Note that the pseudonym is this person's, for ever. False when it is or was another's."""
    await run(
        "INSERT INTO pseudonym (code, account, given_at) VALUES (?, ?, ?)"
        " ON CONFLICT (code) DO NOTHING",
        code,
        account,
        at,
    )
    # Accounts made in bulk carry pseudonyms nobody noted.
    rows = await run(
        "SELECT 1 AS taken FROM pseudonym WHERE code = ? AND account <> ?"
        " UNION ALL SELECT 1 FROM account WHERE pseudonym = ? AND id <> ?",
        code,
        account,
        code,
        account,
    )
    return not rows


async def given_pseudonyms() -> tuple[str, ...]:
    """Every pseudonym there is or was."""
    rows = await run(
        "SELECT code FROM pseudonym UNION SELECT pseudonym FROM account WHERE pseudonym <> ''"
    )
    return tuple(str(row["code"]) for row in rows)
