"""Sign-off by three: who draws a notice up, who checks it, who signs it."""

from inspection.domain.access import Action, Actor
from inspection.domain.notices import notice_state
from inspection.domain.notices.issuer import IssuingBody
from inspection.domain.notices.notice import NoticeSnapshot
from inspection.domain.notices.notice_letter import TEXT
from inspection.domain.notices.notice_state import NoticeMove, NoticeState
from inspection.domain.plain_text import plain
from inspection.domain.refusals import DraftChanged
from inspection.domain.refusals.notices import NoticeReasonMissing, NoticeSignOwn
from inspection.persistence.engine import tx
from inspection.persistence.notices import notice_moves, notices
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.changes import record
from inspection.services.notices.notice_access import held
from inspection.services.notices.notice_issuing import issue
from inspection.services.notices.notice_letters import Signing, first_due, frozen
from inspection.services.notices.notice_results import SignedNotice
from inspection.services.notices.notice_telling import tell_issued, tell_returned, tell_waiting
from inspection.services.notices.notice_wording import demands_of, version_of
from inspection.services.notices.numbering import issuer_of
from inspection.services.tools import Tools


async def submit_notice(tools: Tools, actor: Actor, notice: str, seen: str | None = None) -> None:
    """Hand a checked draft in for signature; the caller becomes its checker. Again changes
    nothing. Raises DraftChanged for another version than `seen`, MoveRefused.
    """
    async with tx():
        row = await held(actor, Action.NOTICE_EDIT, notice)
        if row.state is NoticeState.PENDING_SIGNOFF and row.checked_by == actor.account:
            return
        notice_state.move(row.state, NoticeMove.SUBMIT)
        await _check_version(row, seen)
        await notice_moves.note_submitted(notice, actor.account, tools.now())
        await tell_waiting(tools, actor, row, len(await notices.lines_of(notice)))
        await record(tools, actor, "notice.submit", ("notice", notice), {})


async def send_notice_back(tools: Tools, actor: Actor, notice: str, reason: str) -> None:
    """Let a notice that waits for its signature be a draft again. Raises NoticeReasonMissing,
    MoveRefused.
    """
    said = plain(reason, "reason", TEXT)
    async with tx():
        row = await held(actor, Action.NOTICE_EDIT, notice)
        notice_state.move(row.state, NoticeMove.SEND_BACK)
        if not said:
            raise NoticeReasonMissing
        await notice_moves.note_sent_back(notice)
        await tell_returned(tools, actor, row)
        await record(tools, actor, "notice.send_back", ("notice", notice), {"reason": said})


async def sign_notice(
    tools: Tools, actor: Actor, notice: str, seen: str | None = None
) -> SignedNotice:
    """Give a checked notice its number, freeze it and have it printed. Signing again changes
    nothing and gets the same answer. Raises DraftChanged for another version than `seen`,
    NoticeSignOwn for the signer's own words, MoveRefused.
    """
    async with tx():
        row = await held(actor, Action.NOTICE_SIGN, notice)
        if row.signed_by == actor.account and (issued := frozen(row)) is not None:
            return signed_as(notice, issued)
        notice_state.move(row.state, NoticeMove.SIGN)
        await _check_version(row, seen)
        body = await issuer_of(tools, row.region_path)
        if not may_sign(actor, row, body):
            raise NoticeSignOwn
        signing = Signing(
            body=body,
            drafted=row.author_name,
            checked=row.checked_name or row.reviewed_name or "",
            signed=actor.name,
        )
        snapshot = await issue(tools, actor, row, await notices.lines_of(notice), signing)
        await tell_issued(tools, actor, row, snapshot)
        facts = {"number": snapshot.number, "check": snapshot.check}
        await record(tools, actor, "notice.sign", ("notice", notice), facts)
    return signed_as(notice, snapshot)


def may_sign(actor: Actor, row: NoticeRow, body: IssuingBody) -> bool:
    """Nobody signs their own words, unless the issuer is too small to have two people."""
    return body.one_person or row.author != actor.account


def signed_as(notice: str, snapshot: NoticeSnapshot) -> SignedNotice:
    """What is told of a notice that got its number."""
    return SignedNotice(
        id=notice,
        number=snapshot.number,
        issued_at=snapshot.issued_at,
        first_due_at=first_due(snapshot),
    )


async def _check_version(row: NoticeRow, seen: str | None) -> None:
    if seen not in {None, version_of(demands_of(row), await notices.lines_of(row.id))}:
        raise DraftChanged
