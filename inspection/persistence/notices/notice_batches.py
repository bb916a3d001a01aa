"""Batches of notices and what became of each."""

from datetime import datetime

import msgspec

from inspection.domain.notices.notice_batch import BatchKind, BatchState, RowState
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, run, run_many


class BatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """A batch as it is stored."""

    id: str
    kind: BatchKind
    state: BatchState
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None = None
    archive_sha256: str | None = None
    archive_size: int = 0
    expires_at: datetime | None = None


class MemberRow(msgspec.Struct, frozen=True, kw_only=True):
    """One notice of a batch."""

    batch: str
    notice: str
    position: int
    seen: str = ""
    state: RowState = RowState.WAITING
    fault: str = ""


class MemberListed(msgspec.Struct, frozen=True, kw_only=True):
    """The same with what the notice is called."""

    notice: str
    number: str | None
    store_name: str
    seen: str
    state: RowState
    fault: str
    pdf_sha256: str | None


async def add_batch(row: BatchRow, members: tuple[MemberRow, ...]) -> None:
    """Keep a batch with its notices."""
    await run(insertion("notice_batch", BatchRow), *msgspec.structs.astuple(row))
    await run_many(
        insertion("notice_batch_row", MemberRow),
        [msgspec.structs.astuple(member) for member in members],
    )


async def find_batch(batch: str) -> BatchRow | None:
    """The batch as it stands."""
    rows = await run(f"{_BATCH} WHERE id = ?", batch)
    return msgspec.convert(rows[0], BatchRow) if rows else None


async def lock_batch(batch: str) -> BatchRow | None:
    """The same, kept from changing until the transaction ends."""
    rows = await run(f"{_BATCH} WHERE id = ?" + for_update_clause(), batch)
    return msgspec.convert(rows[0], BatchRow) if rows else None


async def members_of(batch: str) -> tuple[MemberListed, ...]:
    """The notices of a batch in their order."""
    rows = await run(
        "SELECT m.notice, n.number, s.name AS store_name, m.seen, m.state, m.fault, n.pdf_sha256"
        " FROM notice_batch_row m JOIN notice n ON n.id = m.notice"
        " JOIN store s ON s.id = n.store WHERE m.batch = ? ORDER BY m.position",
        batch,
    )
    return msgspec.convert(rows, tuple[MemberListed, ...])


async def settle_member(batch: str, notice: str, state: RowState, fault: str = "") -> None:
    """What became of one."""
    await run(
        "UPDATE notice_batch_row SET state = ?, fault = ? WHERE batch = ? AND notice = ?",
        state.value,
        fault,
        batch,
        notice,
    )


async def end_batch(row: BatchRow) -> None:
    """How a batch ended, and where its archive is."""
    await run(
        "UPDATE notice_batch SET state = ?, ended_at = ?, archive_sha256 = ?, archive_size = ?,"
        " expires_at = ? WHERE id = ?",
        row.state.value,
        row.ended_at,
        row.archive_sha256,
        row.archive_size,
        row.expires_at,
        row.id,
    )


async def expired_archives(now: datetime) -> tuple[BatchRow, ...]:
    """Batches whose archive nobody may fetch any more."""
    rows = await run(f"{_BATCH} WHERE archive_sha256 IS NOT NULL AND expires_at <= ?", now)
    return msgspec.convert(rows, tuple[BatchRow, ...])


_BATCH = f"SELECT {', '.join(BatchRow.__struct_fields__)} FROM notice_batch"
