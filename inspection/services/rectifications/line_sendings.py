"""What a store's phone sends about a line: a reply, a request for more time."""

from datetime import datetime

from inspection.domain.access import Action, Actor
from inspection.domain.decoding import decode
from inspection.domain.rectifications.reply import Reply
from inspection.domain.store_sending import LARGEST_BODY, ExtensionSent, ReplySent
from inspection.services.notices.store_sendings import (
    Sending,
    answered,
    receive_sending,
)
from inspection.services.rectifications.extensions import Wanted, take_request
from inspection.services.rectifications.rectification_access import numbered_line
from inspection.services.rectifications.rectification_replies import prepare, take
from inspection.services.tools import Tools
from inspection.services.visit_admission import Received

REPLY = Action.RECTIFICATION_REPLY


async def reply_from_phone(tools: Tools, actor: Actor, sending: Sending) -> Received:
    """Answer a line, once. One that came too late is kept beside, and its receipt says so."""
    if known := await answered(actor, REPLY, sending):
        return known
    said = decode(sending.content, ReplySent, limit=LARGEST_BODY)
    line = await numbered_line(actor, REPLY, sending.notice, sending.line)
    reply = Reply(
        cause=said.cause,
        measure=said.measure,
        prevention=said.prevention,
        on_the_spot=said.on_the_spot,
        photos=said.photos,
    )
    # Photos are read from the disk: before the transaction.
    prepared = await prepare(tools, actor, line.id, reply, sending.id)

    async def write(_: datetime) -> str:
        return (await take(tools, actor, prepared)).aside

    return await receive_sending(tools, actor, REPLY, sending, write)


async def extension_from_phone(tools: Tools, actor: Actor, sending: Sending) -> Received:
    """Ask for more time, once."""
    line = await numbered_line(actor, REPLY, sending.notice, sending.line)

    async def write(_: datetime) -> str:
        said = decode(sending.content, ExtensionSent, limit=LARGEST_BODY)
        wanted = Wanted(hours=said.hours, reason=said.reason)
        await take_request(tools, actor, line.id, wanted)
        return ""

    return await receive_sending(tools, actor, REPLY, sending, write)
