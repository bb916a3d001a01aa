"""What store staff's phones sent, looked up by the phone's own id."""

from datetime import datetime

import msgspec

from inspection.persistence.statements import insertion, run


class SendingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A sending as it is kept."""

    id: str
    kind: str
    notice: str
    line: int
    account: str
    content_hash: str
    body: str
    receipt: str
    received_at: datetime


async def find_sending(sending: str) -> SendingRow | None:
    """What arrived under an id."""
    columns = ", ".join(SendingRow.__struct_fields__)
    rows = await run(f"SELECT {columns} FROM store_sending WHERE id = ?", sending)
    return msgspec.convert(rows[0], SendingRow) if rows else None


async def add_sending(row: SendingRow) -> None:
    """Keep what arrived. Raises UniqueBroken when its id is taken."""
    await run(insertion("store_sending", SendingRow), *msgspec.structs.astuple(row))
