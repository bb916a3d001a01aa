"""What a store's phone sends about an appeal: the appeal, what is added to it, taking it back."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from inspection.domain.access import Action, Actor
from inspection.domain.appeals.appeal import Ground
from inspection.domain.decoding import decode
from inspection.domain.refusals import NotFound
from inspection.domain.store_sending import (
    LARGEST_BODY,
    AppealSent,
    MessageSent,
    WithdrawalSent,
)
from inspection.persistence.appeals.appeals import AppealRow
from inspection.services.appeals.appeal_access import held
from inspection.services.appeals.appeal_threads import Saying, put_in_thread
from inspection.services.appeals.appeals import Filing, file_appeal, take_back
from inspection.services.appeals.attachments import Files
from inspection.services.notices.store_sendings import (
    Sending,
    answered,
    receipt_of,
    receive_unheld,
)
from inspection.services.tools import Tools
from inspection.services.visit_admission import Received

FILE = Action.APPEAL_FILE


async def appeal_from_phone(tools: Tools, actor: Actor, sending: Sending) -> Received:
    """File an appeal, once: the appeal itself knows the phone's id and the hash of its content."""
    # Under the id of something else it is refused here.
    await answered(actor, FILE, sending)
    said = decode(sending.content, AppealSent, limit=LARGEST_BODY)
    filed = await file_appeal(
        tools,
        actor,
        Filing(
            notice=sending.notice,
            line=sending.line,
            ground=Ground(said.ground),
            text=said.text,
            files=_files(said),
            client_id=sending.id,
            content_hash=sending.announced_hash,
        ),
    )
    return Received(receipt_of(sending, filed.filed_at), is_new=filed.is_new)


async def message_from_phone(tools: Tools, actor: Actor, sending: Sending) -> Received:
    """Add something to an open appeal of the line, once. Raises NotFound and as `add_message`."""
    if known := await answered(actor, FILE, sending):
        return known
    said = decode(sending.content, MessageSent, limit=LARGEST_BODY)

    async def write(row: AppealRow) -> None:
        await put_in_thread(tools, actor, row, Saying(text=said.text, files=_files(said)))

    return await _about(tools, actor, sending, said.appeal, write)


async def withdrawal_from_phone(tools: Tools, actor: Actor, sending: Sending) -> Received:
    """Take an appeal of the line back, once. Raises NotFound and as `withdraw_appeal`."""
    if known := await answered(actor, FILE, sending):
        return known
    said = decode(sending.content, WithdrawalSent, limit=LARGEST_BODY)

    async def write(row: AppealRow) -> None:
        await take_back(tools, actor, row, said.seen)

    return await _about(tools, actor, sending, said.appeal, write)


async def _about(
    tools: Tools,
    actor: Actor,
    sending: Sending,
    appeal: str,
    write: Callable[[AppealRow], Awaitable[None]],
) -> Received:
    """Do what was sent about an appeal, which is held before its notice as deciding does."""

    async def written(_: datetime) -> str:
        row = await held(actor, FILE, appeal)
        if (row.notice, row.line_number) != (sending.notice, sending.line):
            raise NotFound(noun="appeal")
        await write(row)
        return ""

    return await receive_unheld(tools, actor, FILE, sending, written)


def _files(said: AppealSent | MessageSent) -> Files:
    return Files(
        photos=said.photos,
        documents=tuple(each.sha256 for each in said.documents),
        names={each.sha256: each.name for each in said.documents},
    )
