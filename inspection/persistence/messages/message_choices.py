"""What people chose: ways, quiet hours, the day's letter, a mail address and whether it counts."""

from datetime import datetime

import msgspec

from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import marks, run


class ChoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person's choice. `ways` is JSON; revision 0 stands for nobody having chosen anything."""

    ways: str = "{}"
    quiet: bool = True
    quiet_from: int = 1260
    quiet_to: int = 480
    digest: bool = False
    mail: str = ""
    mail_token_hash: str = ""
    mail_asked_at: datetime | None = None
    mail_confirmed_at: datetime | None = None
    revision: int = 0


_FIELDS = ChoiceRow.__struct_fields__


async def choice_of(account: str) -> ChoiceRow:
    """What the person chose, or what holds for who chose nothing."""
    return await _found(account, "")


async def lock_choice(account: str) -> ChoiceRow:
    """The same, kept from changing until the transaction ends."""
    return await _found(account, for_update_clause())


async def keep_choice(id: str, account: str, row: ChoiceRow, at: datetime) -> None:
    """Keep it in the place of what was; `id` is for the first."""
    values = msgspec.structs.astuple(row)
    changed = ", ".join(f"{field} = excluded.{field}" for field in (*_FIELDS, "changed_at"))
    await run(
        f"INSERT INTO message_choice (id, account, changed_at, {', '.join(_FIELDS)})"
        f" VALUES (?, ?, ?, {marks(len(_FIELDS))})"
        f" ON CONFLICT (account) DO UPDATE SET {changed}",
        id,
        account,
        at,
        *values,
    )


async def _found(account: str, lock: str) -> ChoiceRow:
    rows = await run(
        f"SELECT {', '.join(_FIELDS)} FROM message_choice WHERE account = ?{lock}", account
    )
    return msgspec.convert(rows[0], ChoiceRow, strict=False) if rows else ChoiceRow()
