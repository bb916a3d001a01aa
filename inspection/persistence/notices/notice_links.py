"""Links to single notices, by the SHA-256 of their tokens."""

from datetime import datetime

import msgspec

from inspection.persistence.statements import insertion, run


class LinkRow(msgspec.Struct, frozen=True, kw_only=True):
    """A link as it is stored; nobody can read its token out of it."""

    id: str
    notice: str
    token_sha256: str
    channel: str
    sent_to: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_by: str | None = None
    revoked_at: datetime | None = None
    reads: int = 0
    last_read_at: datetime | None = None


async def add_link(row: LinkRow) -> None:
    """Keep a new link."""
    await run(insertion("notice_link", LinkRow), *msgspec.structs.astuple(row))


async def find_link(token_sha256: str) -> LinkRow | None:
    """The link of a token."""
    rows = await run(f"{_LINK} WHERE token_sha256 = ?", token_sha256)
    return msgspec.convert(rows[0], LinkRow) if rows else None


async def links_of(notice: str) -> tuple[LinkRow, ...]:
    """The links to a notice, latest first."""
    rows = await run(f"{_LINK} WHERE notice = ? ORDER BY made_at DESC, id", notice)
    return msgspec.convert(rows, tuple[LinkRow, ...])


async def revoke_link(link: str, notice: str, account: str, at: datetime) -> bool:
    """Let a link lead nowhere. False when it did already, or is another notice's."""
    rows = await run(
        "UPDATE notice_link SET revoked_by = ?, revoked_at = ?"
        " WHERE id = ? AND notice = ? AND revoked_at IS NULL RETURNING id",
        account,
        at,
        link,
        notice,
    )
    return bool(rows)


async def count_read(link: str, at: datetime) -> None:
    """Somebody looked."""
    await run("UPDATE notice_link SET reads = reads + 1, last_read_at = ? WHERE id = ?", at, link)


_LINK = f"SELECT {', '.join(LinkRow.__struct_fields__)} FROM notice_link"
