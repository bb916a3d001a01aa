"""Taking what a store's phone sends, once: the same bytes get the same receipt for ever."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import HashMismatch, NotFound
from inspection.domain.refusals.sendings import SendingConflict
from inspection.domain.store_sending import Receipt, SendingKind
from inspection.domain.visits.visit import content_hash, is_id
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import store_sendings
from inspection.persistence.rectifications.store_sendings import SendingRow
from inspection.services.notices.notice_access import held, reached
from inspection.services.overtaking import look_again
from inspection.services.tools import Tools
from inspection.services.visit_admission import Received


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """What arrived: the phone's id, what it is about, the bytes and the hash announced for them.
    `line` is 0 for the whole notice.
    """

    id: str
    kind: SendingKind
    notice: str
    content: bytes
    announced_hash: str
    line: int = 0


async def receive_sending(
    tools: Tools,
    actor: Actor,
    action: Action,
    sending: Sending,
    write: Callable[[datetime], Awaitable[str]],
) -> Received:
    """Do what was sent, in one transaction with its receipt, the notice held; sent again it is
    answered again and not done again. `write` gives the receipt's outcome. Raises NotFound,
    HashMismatch, SendingConflict, and whatever `write` refuses.
    """

    async def written(at: datetime) -> str:
        await held(actor, action, sending.notice)
        return await write(at)

    return await receive_unheld(tools, actor, action, sending, written)


async def receive_unheld(
    tools: Tools,
    actor: Actor,
    action: Action,
    sending: Sending,
    write: Callable[[datetime], Awaitable[str]],
) -> Received:
    """The same for what holds other rows first: of two that meet under one id, the one whose
    receipt comes second is undone and answered with the first's.
    """
    await reached(actor, action, sending.notice)
    found = _checked(sending)

    async def decide() -> Received:
        async with tx():
            known = await store_sendings.find_sending(sending.id)
            if known is not None:
                return _given(known, actor, sending, found)
            at = tools.now()
            receipt = receipt_of(sending, at, await write(at))
            await store_sendings.add_sending(_row(actor, sending, found, receipt, at))
        return Received(receipt, is_new=True)

    return await look_again(decide)


async def answered(actor: Actor, action: Action, sending: Sending) -> Received | None:
    """The receipt it got before, for what has to be prepared outside of a transaction. Raises as
    `receive_sending` does.
    """
    await reached(actor, action, sending.notice)
    found = _checked(sending)
    known = await store_sendings.find_sending(sending.id)
    return _given(known, actor, sending, found) if known else None


def _checked(sending: Sending) -> str:
    if not is_id(sending.id):
        raise NotFound(noun="page")
    found = content_hash(sending.content)
    if found != sending.announced_hash:
        raise HashMismatch
    return found


def _given(known: SendingRow, actor: Actor, sending: Sending, found: str) -> Received:
    kept = (known.account, known.kind, known.notice, known.line, known.content_hash)
    if kept != (actor.account, sending.kind, sending.notice, sending.line, found):
        raise SendingConflict
    return Received(known.receipt.encode(), is_new=False)


def receipt_of(sending: Sending, at: datetime, outcome: str = "") -> bytes:
    """The receipt of what arrived whole, byte for byte."""
    return msgspec.json.encode(
        Receipt(
            id=sending.id,
            kind=sending.kind,
            notice=sending.notice,
            line=sending.line,
            content_hash=sending.announced_hash,
            received_at=at,
            outcome=outcome,
        )
    )


def _row(actor: Actor, sending: Sending, found: str, receipt: bytes, at: datetime) -> SendingRow:
    return SendingRow(
        id=sending.id,
        kind=sending.kind,
        notice=sending.notice,
        line=sending.line,
        account=actor.account,
        content_hash=found,
        body=sending.content.decode(),
        receipt=receipt.decode(),
        received_at=at,
    )
