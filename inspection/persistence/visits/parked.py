"""Content refused after it arrived whole: kept as sent, also once an administrator settled it."""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId
from inspection.domain.listing import ListAsked
from inspection.domain.visits.settlement import Settlement
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import marks, run


class ParkedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One refused content. `faults` is JSON: the places, codes and facts that were named."""

    id: str
    visit_id: str
    attempt: int
    assignment_id: str
    content_hash: str
    code: str
    faults: str
    body: bytes
    account: str
    received_at: datetime


class ParkedListed(msgspec.Struct, frozen=True, kw_only=True):
    """A parked content in the administrator's list: inspectors by the code shown instead of their
    name, the store and round of the assignment or the look it names, if there is one.
    """

    id: str
    visit_id: str
    attempt: int
    content_hash: str
    code: str
    faults: str
    size: int
    inspector: str
    received_at: datetime
    store_code: str | None
    store_name: str | None
    round_code: str | None
    settled_at: datetime | None
    settled_by: str | None
    settlement: Settlement | None
    note: str


class ParkedRows(msgspec.Struct, frozen=True, kw_only=True):
    """One page of them."""

    rows: tuple[ParkedListed, ...]
    total: int
    sort: str
    next_cursor: str | None


class ParkedFound(msgspec.Struct, frozen=True, kw_only=True):
    """What settling a parked content depends on."""

    visit_id: str
    attempt: int
    content_hash: str
    code: str
    body: bytes
    account: AccountId
    settled_by: str | None
    settlement: Settlement | None
    note: str


async def add_parked(row: ParkedRow) -> bool:
    """Keep the content. False when the same content was parked for the same reason before."""
    return bool(await run(_ADD, *msgspec.structs.astuple(row)))


async def count_unsettled(account: str) -> int:
    """How much of an account's content waits for an administrator."""
    (row,) = await run(
        "SELECT count(*) AS n FROM parked WHERE account = ? AND settled_at IS NULL", account
    )
    return int(row["n"])


async def count_waiting() -> int:
    """How much content waits for an administrator."""
    (row,) = await run("SELECT count(*) AS n FROM parked WHERE settled_at IS NULL")
    return int(row["n"])


async def list_unsettled() -> tuple[ParkedListed, ...]:
    """Everything that waits, oldest first."""
    rows = await run(
        f"{_LISTED} WHERE p.settled_at IS NULL ORDER BY p.received_at, p.id LIMIT 1000"
    )
    return msgspec.convert(rows, tuple[ParkedListed, ...])


async def list_parked(asked: ListAsked, *, settled: bool) -> ParkedRows:
    """One page of what waits, or of what was settled. Raises CursorRefused for a cursor of another
    order.
    """
    which = "IS NOT NULL" if settled else "IS NULL"
    found = await listed(_PARKED, asked, [(f" AND p.settled_at {which}", ())])
    return ParkedRows(
        rows=msgspec.convert(found.rows, tuple[ParkedListed, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def find_listed(parked: str) -> ParkedListed | None:
    """One content as the list shows it, settled or not."""
    rows = await run(f"{_LISTED} WHERE p.id = ?", parked)
    return msgspec.convert(rows[0], ParkedListed) if rows else None


async def find_body(parked: str) -> bytes | None:
    """The content as sent, or None."""
    rows = await run("SELECT body FROM parked WHERE id = ?", parked)
    return bytes(rows[0]["body"]) if rows else None


async def find_parked(parked: str) -> ParkedFound | None:
    """The content and how it stands."""
    rows = await run(f"{_FOUND} WHERE id = ?", parked)
    return msgspec.convert(rows[0], ParkedFound) if rows else None


async def lock_parked(parked: str) -> ParkedFound | None:
    """The same, kept from being settled by somebody else until the transaction ends."""
    rows = await run(f"{_FOUND} WHERE id = ?{for_update_clause()}", parked)
    return msgspec.convert(rows[0], ParkedFound) if rows else None


async def note_settled(
    parked: str, settlement: Settlement, note: str, by: str, at: datetime
) -> None:
    """Note what became of a content that was locked and found waiting."""
    await run(
        "UPDATE parked SET settled_at = ?, settled_by = ?, settlement = ?, note = ? WHERE id = ?",
        at,
        by,
        settlement.value,
        note,
        parked,
    )


_FOUND = f"SELECT {', '.join(ParkedFound.__struct_fields__)} FROM parked"
_COLUMNS = ParkedRow.__struct_fields__
_ADD = (
    f"INSERT INTO parked ({', '.join(_COLUMNS)}, note) VALUES ({marks(len(_COLUMNS))}, '')"
    " ON CONFLICT (visit_id, attempt, content_hash, code) DO NOTHING RETURNING id"
)
_LISTED = (
    "SELECT p.id, p.visit_id, p.attempt, p.content_hash, p.code, p.faults,"
    " coalesce(s.name, '') AS place,"
    " length(p.body) AS size, coalesce(a.pseudonym, '') AS inspector, p.received_at,"
    " s.code AS store_code,"
    " s.name AS store_name, r.code AS round_code, p.settled_at, b.name AS settled_by,"
    " p.settlement, p.note FROM parked p JOIN account a ON a.id = p.account"
    " LEFT JOIN account b ON b.id = p.settled_by LEFT JOIN assignment g ON g.id = p.assignment_id"
    # What is sent of a look at a store names the look as its assignment.
    " LEFT JOIN reinspection x ON x.id = p.assignment_id LEFT JOIN visit v ON v.id = x.visit"
    " LEFT JOIN store s ON s.id = coalesce(g.store, x.store)"
    " LEFT JOIN round r ON r.id = coalesce(g.round, v.round)"
)
_PARKED = Listing(
    select=_LISTED,
    search=("s.code", "s.name", "r.code", "a.pseudonym", "p.code", "p.note"),
    columns={
        "received": SortColumn("received_at", "time"),
        "store": SortColumn("place"),
        "inspector": SortColumn("inspector"),
        "why": SortColumn("code"),
    },
    usual="-received",
    key="p.id",
)
