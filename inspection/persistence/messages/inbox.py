"""What people were told, per person."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.access import AccountId
from inspection.domain.listing import ListAsked
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.searching import Condition
from inspection.persistence.statements import add_new, marks, run


class NewMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message for one person. `facts` is canonical JSON."""

    id: str
    account: AccountId
    kind: str
    noun: str
    noun_id: str
    facts: str
    key: str
    at_ms: int
    created_at: datetime


async def add_messages(messages: Sequence[NewMessage]) -> frozenset[str]:
    """Keep them; the accounts that had not been told yet."""
    rows = await add_new("inbox_message", messages, "account, key", "account")
    return frozenset(str(row["account"]) for row in rows)


class MessageRow(msgspec.Struct, frozen=True, kw_only=True):
    """A message as its person finds it."""

    id: str
    kind: str
    noun: str
    noun_id: str
    facts: str
    created_at: datetime
    read_at: datetime | None
    notice: str | None = None
    number: int | None = None


class MessageRows(msgspec.Struct, frozen=True, kw_only=True):
    """One page of messages."""

    rows: tuple[MessageRow, ...]
    total: int
    next_cursor: str | None


class MessagesWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which messages of a person to list: all, or those not read; of these kinds, or of all."""

    account: AccountId
    unread: bool
    kinds: tuple[str, ...]
    asked: ListAsked


async def list_messages(wanted: MessagesWanted) -> MessageRows:
    """One page, what was not read first, the latest first. Raises CursorRefused."""
    kinds = f" AND m.kind IN ({marks(len(wanted.kinds))})" if wanted.kinds else ""
    conditions: list[Condition] = [
        (" AND m.account = ?", (wanted.account,)),
        (" AND m.read_at IS NULL" if wanted.unread else "", ()),
        (kinds, wanted.kinds),
    ]
    found = await listed(_INBOX, wanted.asked, conditions)
    return MessageRows(
        rows=msgspec.convert(found.rows, tuple[MessageRow, ...]),
        total=found.total,
        next_cursor=found.next_cursor,
    )


async def find_message(account: str, message: str) -> MessageRow | None:
    """A message of this person."""
    rows = await run(f"{_SELECT} WHERE m.account = ? AND m.id = ?", account, message)
    return msgspec.convert(rows[0], MessageRow) if rows else None


async def unread_of(account: str, most: int) -> int:
    """How many messages the person has not read, counted up to `most`."""
    rows = await run(
        "SELECT count(*) AS n FROM (SELECT 1 FROM inbox_message"
        " WHERE account = ? AND read_at IS NULL LIMIT ?) u",
        account,
        most,
    )
    return int(rows[0]["n"])


async def note_read(account: str, messages: Sequence[str], at: datetime) -> None:
    """These messages of the person were read, if they were not before."""
    await run(
        "UPDATE inbox_message SET read_at = ? WHERE account = ? AND read_at IS NULL"
        f" AND id IN ({marks(len(messages))})",
        at,
        account,
        *messages,
    )


async def note_all_read(account: str, until_ms: int, at: datetime) -> int:
    """Everything the person was told until then was read; how many had not been."""
    rows = await run(
        "UPDATE inbox_message SET read_at = ? WHERE account = ? AND read_at IS NULL"
        " AND at_ms <= ? RETURNING id",
        at,
        account,
        until_ms,
    )
    return len(rows)


async def note_unread(account: str, read_at: datetime) -> None:
    """Take back what was noted as read at exactly that moment."""
    await run(
        "UPDATE inbox_message SET read_at = NULL WHERE account = ? AND read_at = ?",
        account,
        read_at,
    )


_SELECT = (
    "SELECT m.id, m.kind, m.noun, m.noun_id, m.facts, m.created_at, m.read_at, l.notice, l.number,"
    " m.at_ms + CASE WHEN m.read_at IS NULL THEN 1000000000000000 ELSE 0 END AS place"
    " FROM inbox_message m LEFT JOIN notice_line l ON m.noun = 'line' AND l.id = m.noun_id"
)

_INBOX = Listing(
    select=_SELECT,
    search=("m.facts",),
    columns={"place": SortColumn("place", "number")},
    usual="-place",
)
