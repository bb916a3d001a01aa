"""What became of every time an export was due or asked for."""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId
from inspection.domain.scheduled_export import ExportOf, RunState
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import marks, run


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """One time. There is a file for as long as it has a digest. `what` is what is in it; None is
    what its schedule says.
    """

    id: str
    schedule: str
    key: str
    due_at: datetime
    state: RunState
    region_path: str = ""
    row_count: int = 0
    fault: str = ""
    file_name: str = ""
    file_sha256: str | None = None
    file_size: int = 0
    ended_at: datetime | None = None
    expires_at: datetime | None = None
    what: ExportOf | None = None


async def add_run(row: RunRow) -> bool:
    """Keep it. False when there is one with its key."""
    rows = await run(
        f"INSERT INTO export_run ({_FIELDS}) VALUES ({marks(len(RunRow.__struct_fields__))})"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        *msgspec.structs.astuple(row),
    )
    return bool(rows)


async def find_run(id: str) -> RunRow | None:
    """The run with this id."""
    rows = await run(f"SELECT {_FIELDS} FROM export_run WHERE id = ?", id)
    return msgspec.convert(rows[0], RunRow) if rows else None


async def lock_run(id: str) -> RunRow | None:
    """The same, kept from changing until the transaction ends."""
    rows = await run(f"SELECT {_FIELDS} FROM export_run WHERE id = ?{for_update_clause()}", id)
    return msgspec.convert(rows[0], RunRow) if rows else None


async def is_asked(schedule: str) -> bool:
    """Whether a file is being made already."""
    rows = await run(
        "SELECT id FROM export_run WHERE schedule = ? AND state = ?", schedule, RunState.ASKED.value
    )
    return bool(rows)


async def last_runs(account: AccountId, most: int) -> tuple[RunRow, ...]:
    """The latest runs of each schedule of a person, latest first."""
    rows = await run(
        f"SELECT {_FIELDS} FROM (SELECT r.*, row_number() OVER (PARTITION BY r.schedule"
        " ORDER BY r.due_at DESC, r.id DESC) AS place FROM export_run r JOIN scheduled_export e"
        " ON e.id = r.schedule WHERE e.account = ? AND e.deleted_at IS NULL) AS ranked"
        " WHERE place <= ? ORDER BY due_at DESC, id DESC",
        account,
        most,
    )
    return msgspec.convert(rows, tuple[RunRow, ...])


async def end_run(row: RunRow) -> None:
    """How a locked run ended."""
    values = msgspec.structs.asdict(row)
    await run(_END, *(values[name] for name in _ENDING), row.id)


async def note_contents(schedule: str, what: ExportOf) -> None:
    """What is in the files a schedule had made, before it is made of something else."""
    await run(
        "UPDATE export_run SET what = ? WHERE schedule = ? AND what IS NULL AND state <> ?",
        *(what.value, schedule, RunState.ASKED.value),
    )


async def expired_files(now: datetime) -> dict[str, str]:
    """The files nobody may fetch any more: digests by the ids of their runs."""
    rows = await run(
        "SELECT r.id, r.file_sha256 FROM export_run r"
        " JOIN scheduled_export e ON e.id = r.schedule WHERE r.file_sha256 IS NOT NULL"
        " AND (r.expires_at <= ? OR e.deleted_at IS NOT NULL)",
        now,
    )
    return {str(row["id"]): str(row["file_sha256"]) for row in rows}


async def forget_file(id: str) -> None:
    """The run has no file any more."""
    await run("UPDATE export_run SET file_sha256 = NULL WHERE id = ?", id)


async def is_kept(sha256: str, *, beside: str) -> bool:
    """Whether a run beside this one still has a file of these bytes: two may be the same."""
    rows = await run(
        "SELECT id FROM export_run WHERE file_sha256 = ? AND id <> ? LIMIT 1", sha256, beside
    )
    return bool(rows)


_FIELDS = ", ".join(RunRow.__struct_fields__)
_ENDING = tuple(name for name in RunRow.__struct_fields__ if name != "id")
_END = f"UPDATE export_run SET {', '.join(f'{name} = ?' for name in _ENDING)} WHERE id = ?"
