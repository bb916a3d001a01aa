"""Receipts other than the store's own signature: refused before a witness, deemed by time."""

from datetime import datetime, timedelta

from inspection.domain.access import Action, Actor
from inspection.domain.notices.notice_letter import TEXT
from inspection.domain.notices.notice_state import NoticeMove, Receipt, allowed, move
from inspection.domain.plain_text import plain
from inspection.domain.refusals.notices import NoticeReasonMissing
from inspection.domain.working_time import add_working_days
from inspection.persistence.engine import tx
from inspection.persistence.notices import notice_deliveries, notices
from inspection.persistence.notices.notice_moves import Received
from inspection.services.notices.notice_access import held
from inspection.services.notices.notice_deliveries import receive
from inspection.services.tools import Tools

PAGE = 100


async def note_refused(tools: Tools, actor: Actor, notice: str, note: str) -> None:
    """Keep that the store would not take the notice, and who saw it. Raises NoticeReasonMissing
    without a witness note, MoveRefused.
    """
    said = plain(note, "witness", TEXT)
    async with tx():
        row = await held(actor, Action.NOTICE_DELIVER, notice)
        move(row.state, NoticeMove.REFUSE)
        if not said:
            raise NoticeReasonMissing
        refused = Received(
            receipt=Receipt.REFUSED, account=actor.account, at=tools.now(), note=said
        )
        await receive(tools, actor, row, refused, "desk")


async def deem_delivered(tools: Tools) -> int:
    """Let every notice whose working days have passed count as received; how many. Each in a
    transaction of its own: stopped half way, the rest follows another time.
    """
    now, after, deemed = tools.now(), "", 0
    while found := await notice_deliveries.unreceived_since(
        now - timedelta(days=tools.deemed_days), after, PAGE
    ):
        for notice in found:
            deemed += await _deem(tools, notice, now)
        after = found[-1]
    return deemed


async def _deem(tools: Tools, notice: str, now: datetime) -> bool:
    async with tx():
        row = await notices.lock_notice(notice)
        # Signed for a moment ago, or not yet time: holidays count on neither side.
        if row is None or row.issued_at is None or not allowed(row.state, NoticeMove.DEEM):
            return False
        if add_working_days(row.issued_at, tools.deemed_days, tools.calendar) > now:
            return False
        deemed = Received(receipt=Receipt.DEEMED, account=None, at=now)
        await receive(tools, None, row, deemed, "time")
    return True
