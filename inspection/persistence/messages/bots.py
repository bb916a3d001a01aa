"""Bots of groups, by the part of the tree they hear of."""

from datetime import datetime

import msgspec

from inspection.domain.org.region_path import upwards
from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import insertion, marks, run


class BotRow(msgspec.Struct, frozen=True, kw_only=True):
    """A bot. Where it listens is sealed."""

    id: str
    region: str
    region_path: str
    brand: str
    name: str
    sealed: str
    language: str
    state: str
    revision: int


_FIELDS = ", ".join(BotRow.__struct_fields__)


async def bots_over(region_path: str) -> tuple[BotRow, ...]:
    """The bots that hear of what happens at a place."""
    above = upwards(region_path)
    rows = await run(
        f"SELECT {_FIELDS} FROM bot WHERE region_path IN ({marks(len(above))})"
        " AND state = 'on' ORDER BY id",
        *above,
    )
    return msgspec.convert(rows, tuple[BotRow, ...])


async def find_bot(bot: str) -> BotRow | None:
    """The bot with this id."""
    rows = await run(f"SELECT {_FIELDS} FROM bot WHERE id = ?", bot)
    return msgspec.convert(rows[0], BotRow) if rows else None


class KeptBot(msgspec.Struct, frozen=True, kw_only=True):
    """What is written of a bot."""

    id: str
    region: str
    region_path: str
    brand: str
    name: str
    sealed: str
    language: str
    state: str
    revision: int
    changed_by: str
    changed_at: datetime


async def bots_in(scope: Scope) -> tuple[BotRow, ...]:
    """The bots of a part of the tree, by place and name."""
    condition, values = scope.where("region_path")
    rows = await run(
        f"SELECT {_FIELDS} FROM bot WHERE 1 = 1{condition} ORDER BY region_path, name, id", *values
    )
    return msgspec.convert(rows, tuple[BotRow, ...])


async def keep_bot(bot: KeptBot) -> None:
    """Keep it, or write over what was."""
    changed = ", ".join(f"{field} = excluded.{field}" for field in KeptBot.__struct_fields__[1:])
    await run(
        f"{insertion('bot', KeptBot)} ON CONFLICT (id) DO UPDATE SET {changed}",
        *msgspec.structs.astuple(bot),
    )


async def lock_bot(bot: str) -> BotRow | None:
    """The bot, kept from changing until the transaction ends."""
    await run("SELECT id FROM bot WHERE id = ?" + for_update_clause(), bot)
    return await find_bot(bot)
