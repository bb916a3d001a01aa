"""What happened on a notice's way to its store: rows are added and never changed."""

from datetime import datetime

import msgspec

from inspection.domain.notices.notice_state import NoticeState
from inspection.persistence.statements import marks, run


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened. Nobody's `by` stands for the system, or for whoever has a link."""

    id: str
    notice: str
    at: datetime
    event: str
    channel: str = ""
    by: str | None = None
    link: str | None = None
    note: str = ""


class DeliveryListed(msgspec.Struct, frozen=True, kw_only=True):
    """The same with the name of who did it."""

    at: datetime
    event: str
    channel: str
    by_name: str | None
    note: str


async def add_delivery(row: DeliveryRow) -> None:
    """Keep what happened."""
    columns = ", ".join(f'"{name}"' for name in DeliveryRow.__struct_fields__)
    await run(
        f"INSERT INTO notice_delivery ({columns})"
        f" VALUES ({marks(len(DeliveryRow.__struct_fields__))})",
        *msgspec.structs.astuple(row),
    )


async def deliveries_of(notice: str) -> tuple[DeliveryListed, ...]:
    """What happened to a notice, in order."""
    rows = await run(
        "SELECT d.at, d.event, d.channel, a.name AS by_name, d.note FROM notice_delivery d"
        ' LEFT JOIN account a ON a.id = d."by" WHERE d.notice = ? ORDER BY d.at, d.id',
        notice,
    )
    return msgspec.convert(rows, tuple[DeliveryListed, ...])


async def unreceived_since(before: datetime, after: str, limit: int) -> tuple[str, ...]:
    """Notices issued before then that nobody signed for or refused, beyond the id `after`."""
    rows = await run(
        "SELECT id FROM notice WHERE state IN (?, ?) AND issued_at <= ? AND id > ?"
        " ORDER BY id LIMIT ?",
        NoticeState.ISSUED.value,
        NoticeState.DELIVERED.value,
        before,
        after,
        limit,
    )
    return tuple(str(row["id"]) for row in rows)
