"""Documents that phones send piece by piece before an appeal names them."""

import asyncio
from collections.abc import AsyncIterator

from inspection.domain.access import Action, Actor
from inspection.domain.appeals.attachment import (
    EMPTY,
    LARGEST,
    NOT_PDF,
    PDF,
    TOO_LARGE,
    check_document,
    file_name,
    refused,
)
from inspection.domain.refusals import NotFound
from inspection.persistence.appeals import appeal_threads
from inspection.persistence.appeals.appeal_threads import AttachmentRow
from inspection.persistence.engine import tx
from inspection.persistence.photos.uploads import Taken
from inspection.services.pieces import Piece, Progress, Receiving
from inspection.services.reach import check_granted
from inspection.services.tools import Tools


async def document_progress(tools: Tools, actor: Actor, sha256: str) -> Progress:
    """Where the next piece of a document begins. Raises NotFound when nothing of it is here."""
    found = await _receiving(tools, actor).progress(sha256)
    if found is None:
        raise NotFound(noun="attachment")
    return found


async def append_document(
    tools: Tools, actor: Actor, piece: Piece, stream: AsyncIterator[bytes]
) -> Progress:
    """Add a piece of a document; the last has it checked and kept for an appeal to name. Raises
    AttachmentRefused and what sending pieces refuses.
    """
    return await _receiving(tools, actor).append(piece, stream)


def _receiving(tools: Tools, actor: Actor) -> Receiving:
    check_granted(actor, Action.APPEAL_FILE)
    return Receiving(tools, actor.account, _Documents(tools, actor.account))


class _Documents:
    """Documents of one account as a kind of file. Their name comes with what names them."""

    def __init__(self, tools: Tools, account: str) -> None:
        self._tools = tools
        self._account = account

    async def size_here(self, sha256: str) -> int | None:
        row = await appeal_threads.find_attachment(self._account, sha256)
        return row.size if row else None

    def check_length(self, length: int) -> None:
        if not length:
            raise refused(EMPTY)
        if length > LARGEST:
            raise refused(TOO_LARGE, limit=LARGEST // (1024 * 1024))

    def check_head(self, head: bytes) -> None:
        if not head.startswith(PDF):
            raise refused(NOT_PDF)

    async def keep(self, taken: Taken) -> None:
        check_document(await asyncio.to_thread(taken.path.read_bytes))
        # The bytes before the row that promises them.
        await self._tools.photos.put(taken.sha256, taken.path)
        row = AttachmentRow(
            id=self._tools.new_id(),
            account=self._account,
            sha256=taken.sha256,
            name=file_name(""),
            size=taken.size,
            created_at=self._tools.now(),
        )
        async with tx():
            await appeal_threads.add_attachment(row)
