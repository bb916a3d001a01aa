"""Second steps of signing in: the sealed secret, recovery codes, people whose code is awaited."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.access import AccountId
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import run, write, write_many


class SecondStepRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person's second step; begun until `confirmed_at` is there."""

    account: AccountId
    sealed: str
    created_at: datetime
    confirmed_at: datetime | None
    last_code: int


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody between the password and the code."""

    token_hash: str
    account: AccountId
    credential: str
    created_at: datetime
    expires_at: datetime


async def find_second_step(account: str) -> SecondStepRow | None:
    """A person's second step, begun or on."""
    return await _second_step(account, "")


async def is_on(account: str) -> bool:
    """Whether signing in as this person takes a code."""
    found = await find_second_step(account)
    return found is not None and found.confirmed_at is not None


async def lock_second_step(account: str) -> SecondStepRow | None:
    """The same, kept from changing until the transaction ends."""
    return await _second_step(account, for_update_clause())


async def begin_second_step(id: str, account: AccountId, sealed: str, now: datetime) -> None:
    """Keep a new secret in place of one that was never confirmed."""
    await run(
        "INSERT INTO second_step (id, account, sealed, created_at, confirmed_at, last_code)"
        " VALUES (?, ?, ?, ?, NULL, 0) ON CONFLICT (account) DO UPDATE SET"
        " sealed = excluded.sealed, created_at = excluded.created_at, last_code = 0"
        " WHERE second_step.confirmed_at IS NULL",
        id,
        account,
        sealed,
        now,
    )


async def confirm_second_step(account: AccountId, at: datetime) -> None:
    """Have it count from now on."""
    await run("UPDATE second_step SET confirmed_at = ? WHERE account = ?", at, account)


async def note_code(account: AccountId, period: int) -> None:
    """Note the period of a code that was taken."""
    await run("UPDATE second_step SET last_code = ? WHERE account = ?", period, account)


async def drop_second_step(account: AccountId) -> None:
    """Forget the secret and the recovery codes."""
    await run("DELETE FROM second_step WHERE account = ?", account)
    await run("DELETE FROM recovery_code WHERE account = ?", account)


async def replace_recovery_codes(account: AccountId, codes: Sequence[tuple[str, str]]) -> None:
    """Keep these codes, each `(id, hash)`, in place of those before."""
    await write("DELETE FROM recovery_code WHERE account = ?", account)
    await write_many(
        "INSERT INTO recovery_code (id, code_hash, account, used_at) VALUES (?, ?, ?, NULL)",
        [(*code, account) for code in codes],
    )


async def use_recovery_code(account: AccountId, code_hash: str, at: datetime) -> bool:
    """Take a recovery code. False when there is none, or it was used."""
    rows = await run(
        "UPDATE recovery_code SET used_at = ? WHERE account = ? AND code_hash = ?"
        " AND used_at IS NULL RETURNING id",
        at,
        account,
        code_hash,
    )
    return bool(rows)


async def count_recovery_codes(account: str) -> int:
    """How many are left."""
    rows = await run(
        "SELECT count(*) AS n FROM recovery_code WHERE account = ? AND used_at IS NULL", account
    )
    return int(rows[0]["n"])


async def add_step(row: StepRow) -> None:
    """Note that somebody's code is awaited; forget those whose time is over."""
    await run("DELETE FROM sign_in_step WHERE expires_at <= ?", row.created_at)
    await run(
        "INSERT INTO sign_in_step (token_hash, account, credential, created_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(row),
    )


async def find_step(token_hash: str, now: datetime) -> StepRow | None:
    """Whose code is awaited under this token. None when the time is over."""
    rows = await run(
        "SELECT token_hash, account, credential, created_at, expires_at FROM sign_in_step"
        " WHERE token_hash = ? AND expires_at > ?",
        token_hash,
        now,
    )
    return msgspec.convert(rows[0], StepRow) if rows else None


async def end_step(token_hash: str) -> bool:
    """Have the token open nothing any more. False when somebody was faster."""
    rows = await run("DELETE FROM sign_in_step WHERE token_hash = ? RETURNING account", token_hash)
    return bool(rows)


async def _second_step(account: str, lock: str) -> SecondStepRow | None:
    rows = await run(
        f"SELECT account, sealed, created_at, confirmed_at, last_code FROM second_step"
        f" WHERE account = ?{lock}",
        account,
    )
    return msgspec.convert(rows[0], SecondStepRow) if rows else None
