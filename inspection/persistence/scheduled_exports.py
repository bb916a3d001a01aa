"""Exports that make themselves, by their owners."""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId
from inspection.domain.scheduled_export import Beat, ExportOf, FileFormat, Timing
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, run


class NewScheduledExport(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept when it is made."""

    id: str
    account: AccountId
    name: str
    what: ExportOf
    format: FileFormat
    store_kind: str
    region: str | None
    beat: Beat
    day: int
    hour: int
    paused: bool
    next_at: datetime
    created_at: datetime


class ScheduledExportRow(NewScheduledExport, frozen=True, kw_only=True):
    """The same with what its part of the tree is now; empty texts are the owner's own."""

    narrowed: str
    region_code: str
    region_zh: str
    region_en: str

    @property
    def timing(self) -> Timing:
        """When it is made."""
        return Timing(self.beat, self.day, self.hour)


async def add_scheduled_export(new: NewScheduledExport) -> None:
    """Keep a new one."""
    await run(insertion("scheduled_export", NewScheduledExport), *msgspec.structs.astuple(new))


async def scheduled_exports_of(account: AccountId) -> tuple[ScheduledExportRow, ...]:
    """Those of a person, oldest first."""
    rows = await run(f"{_SELECT} AND e.account = ? ORDER BY e.created_at, e.id", account)
    return msgspec.convert(rows, tuple[ScheduledExportRow, ...], strict=False)


async def find_scheduled_export(id: str) -> ScheduledExportRow | None:
    """The one with this id, unless it was deleted."""
    rows = await run(f"{_SELECT} AND e.id = ?", id)
    return msgspec.convert(rows[0], ScheduledExportRow, strict=False) if rows else None


async def lock_scheduled_export(id: str) -> ScheduledExportRow | None:
    """The same, kept from changing until the transaction ends."""
    await run(f"SELECT id FROM scheduled_export WHERE id = ?{for_update_clause()}", id)
    return await find_scheduled_export(id)


async def due_scheduled_exports(now: datetime) -> tuple[str, ...]:
    """Those whose time has come."""
    rows = await run(
        "SELECT id FROM scheduled_export WHERE NOT paused AND deleted_at IS NULL AND next_at <= ?"
        " ORDER BY next_at, id",
        now,
    )
    return tuple(str(row["id"]) for row in rows)


async def note_timing(id: str, *, paused: bool, next_at: datetime) -> None:
    """When a locked one is made next."""
    await run(
        "UPDATE scheduled_export SET paused = ?, next_at = ? WHERE id = ?", paused, next_at, id
    )


async def keep_edited(row: NewScheduledExport) -> None:
    """What was changed of a locked one."""
    values = msgspec.structs.asdict(row)
    await run(
        f"UPDATE scheduled_export SET {', '.join(f'{name} = ?' for name in _EDITED)} WHERE id = ?",
        *(values[name] for name in _EDITED),
        row.id,
    )


async def delete_scheduled_export(id: str, at: datetime) -> None:
    """It is made no more; its files are nobody's."""
    await run("UPDATE scheduled_export SET deleted_at = ? WHERE id = ?", at, id)


_EDITED = ("name", "what", "format", "store_kind", "region", "beat", "day", "hour", "next_at")

_SELECT = (
    f"SELECT {', '.join(f'e.{name}' for name in NewScheduledExport.__struct_fields__)},"
    " coalesce(r.path, '') AS narrowed, coalesce(r.code, '') AS region_code,"
    " coalesce(r.name_zh, '') AS region_zh,"
    " coalesce(r.name_en, '') AS region_en"
    " FROM scheduled_export e LEFT JOIN region r ON r.id = e.region WHERE e.deleted_at IS NULL"
)
