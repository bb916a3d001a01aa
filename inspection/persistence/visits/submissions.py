"""What phones sent and was accepted, byte for byte, with the receipt each got."""

from datetime import datetime

import msgspec

from inspection.persistence.statements import insertion, write


class SubmissionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One accepted content and its receipt: neither ever changes."""

    id: str
    visit: str
    attempt: int
    content_hash: str
    body: str
    receipt: str
    account: str
    received_at: datetime


async def add_submission(row: SubmissionRow) -> None:
    """Keep content and receipt. Raises UniqueBroken when the attempt has content already, in a
    transaction at its commit at the latest.
    """
    await write(_ADD, *msgspec.structs.astuple(row))


_ADD = insertion("submission", SubmissionRow)
