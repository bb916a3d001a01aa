"""Content refused after it arrived whole: kept as sent until an administrator settles it."""

from datetime import datetime

import msgspec

from inspection.persistence.statements import marks, run


class ParkedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One refused content. `faults` is JSON: the places and codes that were named."""

    id: str
    visit_id: str
    attempt: int
    content_hash: str
    code: str
    faults: str
    body: bytes
    account: str
    received_at: datetime


class ParkedListed(msgspec.Struct, frozen=True, kw_only=True):
    """A parked content in the administrator's list."""

    id: str
    visit_id: str
    attempt: int
    content_hash: str
    code: str
    faults: str
    size: int
    inspector: str
    received_at: datetime


async def add_parked(row: ParkedRow) -> bool:
    """Keep the content. False when the same content was parked for the same reason before."""
    return bool(await run(_ADD, *msgspec.structs.astuple(row)))


async def count_unsettled(account: str) -> int:
    """How much of an account's content waits for an administrator."""
    (row,) = await run(
        "SELECT count(*) AS n FROM parked WHERE account = ? AND settled_at IS NULL", account
    )
    return int(row["n"])


async def list_unsettled() -> tuple[ParkedListed, ...]:
    """Everything that waits, oldest first; inspectors by the code shown instead of their name."""
    rows = await run(
        "SELECT p.id, p.visit_id, p.attempt, p.content_hash, p.code, p.faults,"
        " length(p.body) AS size, a.pseudonym AS inspector, p.received_at FROM parked p"
        " JOIN account a ON a.id = p.account WHERE p.settled_at IS NULL"
        " ORDER BY p.received_at, p.id LIMIT 1000"
    )
    return msgspec.convert(rows, tuple[ParkedListed, ...])


async def find_body(parked: str) -> bytes | None:
    """The content as sent, or None."""
    rows = await run("SELECT body FROM parked WHERE id = ?", parked)
    return bytes(rows[0]["body"]) if rows else None


_COLUMNS = ParkedRow.__struct_fields__
_ADD = (
    f"INSERT INTO parked ({', '.join(_COLUMNS)}) VALUES ({marks(len(_COLUMNS))})"
    " ON CONFLICT (visit_id, attempt, content_hash, code) DO NOTHING RETURNING id"
)
