"""Requests for more time and the opinions they got; and who helps with a line."""

from datetime import datetime

import msgspec

from inspection.domain.rectifications.extension import ExtensionState
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, run


class ExtensionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it is kept."""

    id: str
    line: str
    ordinal: int
    state: ExtensionState
    hours: int
    reason: str
    asked_by: str
    asked_at: datetime
    due_before: datetime
    due_after: datetime | None = None
    number: str | None = None
    opinion: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided about a request."""

    state: ExtensionState
    due_before: datetime
    due_after: datetime | None
    number: str
    opinion: str
    decided_by: str
    decided_at: datetime


class HandlerRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who helps with a line."""

    id: str
    line: str
    name: str
    added_by: str
    added_at: datetime


async def add_extension(row: ExtensionRow) -> None:
    """Keep a request. Raises UniqueBroken when another took its place."""
    await run(insertion("line_extension", ExtensionRow), *msgspec.structs.astuple(row))


async def find_extension(extension: str) -> ExtensionRow | None:
    """The request with this id."""
    rows = await run(f"{_SELECT} WHERE id = ?", extension)
    return msgspec.convert(rows[0], ExtensionRow) if rows else None


async def lock_extension(extension: str) -> ExtensionRow | None:
    """The same, kept from changing until the transaction ends."""
    await run("SELECT id FROM line_extension WHERE id = ?" + for_update_clause(), extension)
    return await find_extension(extension)


async def extensions_of(line: str) -> tuple[ExtensionRow, ...]:
    """Every request for a line, earliest first."""
    rows = await run(f"{_SELECT} WHERE line = ? ORDER BY ordinal", line)
    return msgspec.convert(rows, tuple[ExtensionRow, ...])


async def write_opinion(extension: str, opinion: Opinion) -> None:
    """Keep what was decided."""
    await run(
        "UPDATE line_extension SET state = ?, due_before = ?, due_after = ?, number = ?,"
        " opinion = ?, decided_by = ?, decided_at = ? WHERE id = ?",
        *msgspec.structs.astuple(opinion),
        extension,
    )


async def add_handler(row: HandlerRow) -> None:
    """Keep a helper. Raises UniqueBroken for a name that is there."""
    await run(insertion("line_handler", HandlerRow), *msgspec.structs.astuple(row))


async def handlers_of(line: str) -> tuple[str, ...]:
    """The names of those who help, in the order they came."""
    rows = await run("SELECT name FROM line_handler WHERE line = ? ORDER BY added_at, id", line)
    return tuple(str(row["name"]) for row in rows)


_SELECT = f"SELECT {', '.join(ExtensionRow.__struct_fields__)} FROM line_extension"
