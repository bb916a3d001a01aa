"""Signing for a notice on a phone: the tap may be hours older than its arrival."""

from datetime import datetime

from inspection.domain.access import Action, Actor
from inspection.domain.decoding import decode
from inspection.domain.store_sending import LARGEST_BODY, Signature
from inspection.services.notices.store_notices import acknowledge
from inspection.services.notices.store_sendings import Sending, receive_sending
from inspection.services.tools import Tools
from inspection.services.visit_admission import Received


async def sign_from_phone(tools: Tools, actor: Actor, sending: Sending) -> Received:
    """Sign for a notice, once. That somebody of the store signed before changes nothing."""

    async def write(at: datetime) -> str:
        decode(sending.content, Signature, limit=LARGEST_BODY)
        await acknowledge(tools, actor, sending.notice, at)
        return ""

    return await receive_sending(tools, actor, Action.NOTICE_ACKNOWLEDGE, sending, write)
