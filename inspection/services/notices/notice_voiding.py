"""Voiding: the number stays, the reason stands beside it, and the paper is marked."""

from inspection.domain.access import Action, Actor
from inspection.domain.notices.notice_letter import TEXT
from inspection.domain.notices.notice_state import NoticeMove, move
from inspection.domain.plain_text import plain
from inspection.domain.refusals.notices import NoticeReasonMissing
from inspection.persistence.engine import tx
from inspection.persistence.notices.notice_moves import Ending
from inspection.services.notices.notice_access import held
from inspection.services.notices.notice_amending import end_notice
from inspection.services.overtaken_looks import end_overtaken, hold_looks_of
from inspection.services.tools import Tools


async def void_notice(tools: Tools, actor: Actor, notice: str, reason: str) -> None:
    """Let an issued notice count no more. Its number, words and PDF stay; an edition marked void
    is printed beside it. Raises NoticeReasonMissing, MoveRefused.
    """
    said = plain(reason, "reason", TEXT)
    async with tx():
        row = await held(actor, Action.NOTICE_SIGN, notice)
        move(row.state, NoticeMove.VOID)
        if not said:
            raise NoticeReasonMissing
        lines = await hold_looks_of(notice)
        ending = Ending(account=actor.account, at=tools.now(), reason=said)
        await end_notice(tools, actor, row, NoticeMove.VOID, ending)
        await end_overtaken(tools, actor, lines)
