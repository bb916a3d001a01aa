"""What is said about an appeal, and the files that belong to it. Rows are added, never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from inspection.domain.appeals.appeal import Voice
from inspection.persistence.statements import insertion, marks, run, run_many

FileKind = Literal["photo", "document"]


class AppealMessageRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said. Numbers count within the appeal."""

    id: str
    appeal: str
    number: int
    voice: Voice
    author: str
    text: str
    to_store: bool = False
    to_inspector: bool = False
    said_at: datetime


class SaidMessage(msgspec.Struct, frozen=True, kw_only=True):
    """The same as the staff reads it: inspectors by their pseudonyms."""

    number: int
    voice: Voice
    shown: str
    text: str
    to_store: bool
    to_inspector: bool
    said_at: datetime


class AppealFileRow(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an appeal; `sha256` names what was sent."""

    id: str
    appeal: str
    position: int
    kind: FileKind
    sha256: str
    name: str
    size: int
    added_by: str
    added_at: datetime


class KeptFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file with where its clean copies are: photos have them once they were cleaned, documents
    are as they were sent.
    """

    position: int
    kind: FileKind
    sha256: str
    name: str
    size: int
    state: str | None
    evidence_sha256: str | None
    thumb_sha256: str | None
    added_at: datetime


class AttachmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document somebody sent."""

    id: str
    account: str
    sha256: str
    name: str
    size: int
    created_at: datetime


async def add_message(row: AppealMessageRow) -> None:
    """Keep what was said; the appeal must be held, its number the next."""
    await run(insertion("appeal_message", AppealMessageRow), *msgspec.structs.astuple(row))


async def next_number(appeal: str) -> int:
    """The number of what is said next."""
    rows = await run(
        "SELECT coalesce(max(number), 0) AS n FROM appeal_message WHERE appeal = ?", appeal
    )
    return int(rows[0]["n"]) + 1


async def messages_of(appeal: str) -> tuple[SaidMessage, ...]:
    """The thread, oldest first."""
    rows = await run(
        "SELECT m.number, m.voice, CASE WHEN a.role = 'inspector' THEN a.pseudonym ELSE a.name END"
        " AS shown, m.text, m.to_store, m.to_inspector, m.said_at FROM appeal_message m"
        " JOIN account a ON a.id = m.author WHERE m.appeal = ? ORDER BY m.number",
        appeal,
    )
    return msgspec.convert(rows, tuple[SaidMessage, ...], strict=False)


async def add_files(rows: Sequence[AppealFileRow]) -> None:
    """Keep files of an appeal."""
    if rows:
        values = [msgspec.structs.astuple(row) for row in rows]
        await run_many(insertion("appeal_file", AppealFileRow), values)


async def files_of(appeal: str) -> tuple[KeptFile, ...]:
    """The files of an appeal in their order."""
    rows = await run(
        "SELECT f.position, f.kind, f.sha256, f.name, f.size, p.state, p.evidence_sha256,"
        " p.thumb_sha256, f.added_at FROM appeal_file f"
        " LEFT JOIN photo p ON f.kind = 'photo' AND p.sha256 = f.sha256"
        " WHERE f.appeal = ? ORDER BY f.position",
        appeal,
    )
    return msgspec.convert(rows, tuple[KeptFile, ...])


async def photos_here(photos: Sequence[str], store: str) -> dict[str, int]:
    """The sizes of those of these photos that are here whole and came from the store."""
    if not photos:
        return {}
    rows = await run(
        "SELECT p.sha256, p.size FROM photo p JOIN account a ON a.id = p.account"
        f" WHERE p.sha256 IN ({marks(len(photos))}) AND p.state <> 'receiving' AND a.store = ?",
        *photos,
        store,
    )
    return {str(row["sha256"]): int(row["size"]) for row in rows}


async def add_attachment(row: AttachmentRow) -> None:
    """Note a document that is kept. The same one again from the same sender is the one noted."""
    await run(
        insertion("attachment", AttachmentRow) + " ON CONFLICT (account, sha256) DO NOTHING",
        *msgspec.structs.astuple(row),
    )


async def find_attachment(account: str, sha256: str) -> AttachmentRow | None:
    """A document this account sent."""
    rows = await run(
        f"SELECT {', '.join(AttachmentRow.__struct_fields__)} FROM attachment"
        " WHERE account = ? AND sha256 = ?",
        account,
        sha256,
    )
    return msgspec.convert(rows[0], AttachmentRow) if rows else None
