"""What a store may fetch: its issued notices, copied field by field from what was said in them."""

from datetime import datetime

import msgspec

from inspection.domain import notice_state
from inspection.domain.access import Action, Actor
from inspection.domain.notice import NoticeLine, NoticeSnapshot
from inspection.domain.notice_state import NoticeMove, NoticeState
from inspection.persistence import audit, notice_lists, notices
from inspection.persistence.engine import tx
from inspection.persistence.notice_lists import StoresNotice
from inspection.persistence.notices import NoticeRow
from inspection.services.notice_access import held, reached
from inspection.services.notice_results import (
    LinePhoto,
    StoreLine,
    StoreNotice,
    StoreNoticeItem,
    StoreNoticeList,
)
from inspection.services.notice_signing import first_due, said_in
from inspection.services.reach import check_granted
from inspection.services.tools import Tools

MOST_LISTED = 200

_COPIED = (
    "number", "language", "title", "issuer", "issued_at", "issued_on", "round_name",
    "rubric_title", "rubric_edition", "visit_kind", "visited", "basis", "score", "full", "lost",
    "score_hundredths", "full_hundredths", "lost_hundredths", "raw", "outcome", "notes",
    "sections", "first_due", "last_due", "report_back_at", "disposals", "demands", "cc", "signers",
    "check",
)  # fmt: skip
"""Allow-list: the fields of a snapshot that are the same fields of a StoreNotice."""
_LINE_COPIED = (
    "no", "item", "item_title", "section_title", "severity", "severity_word", "problem",
    "standard", "lost", "lost_hundredths", "requirement", "responsible", "hours", "allowed",
    "due_at", "due",
)  # fmt: skip


async def store_notice_list(tools: Tools, actor: Actor) -> StoreNoticeList:
    """The store's own notices, latest first."""
    check_granted(actor, Action.NOTICE_READ)
    rows = await notice_lists.notices_of_store(actor.store or "", MOST_LISTED)
    return StoreNoticeList(rows=tuple(_item(row, tools.now()) for row in rows))


async def store_notice(tools: Tools, actor: Actor, notice: str) -> StoreNotice:
    """One notice of the store. The first look delivers it."""
    row = await reached(actor, Action.NOTICE_READ, notice)
    if notice_state.allowed(row.state, NoticeMove.OPEN):
        async with tx():
            row = await _opened(tools, actor, notice)
    return _told(row, tools.now())


async def acknowledge_notice(tools: Tools, actor: Actor, notice: str) -> StoreNotice:
    """Sign for a notice. Signing again changes nothing."""
    async with tx():
        row = await held(actor, Action.NOTICE_ACKNOWLEDGE, notice)
        if row.state is not NoticeState.ACKNOWLEDGED:
            notice_state.move(row.state, NoticeMove.ACKNOWLEDGE)
            at = tools.now()
            await notices.note_acknowledged(notice, actor.account, at)
            await _record(actor, notice, "notice.acknowledge", at)
        row = await held(actor, Action.NOTICE_ACKNOWLEDGE, notice)
    return _told(row, tools.now())


async def _opened(tools: Tools, actor: Actor, notice: str) -> NoticeRow:
    row = await held(actor, Action.NOTICE_READ, notice)
    # Somebody else of the store may have opened it a moment ago.
    if not notice_state.allowed(row.state, NoticeMove.OPEN):
        return row
    at = tools.now()
    await notices.note_delivered(notice, at)
    await _record(actor, notice, "notice.deliver", at)
    return await held(actor, Action.NOTICE_READ, notice)


async def _record(actor: Actor, notice: str, action: str, at: datetime) -> None:
    await audit.append(
        at=at, actor=actor.account, action=action, noun="notice", noun_id=notice, body={}
    )


def _told(row: NoticeRow, now: datetime) -> StoreNotice:
    snapshot = said_in(row)
    said = {field: getattr(snapshot, field) for field in _COPIED}
    return StoreNotice(
        id=row.id,
        state=row.state,
        store_code=snapshot.store.code,
        store_name=snapshot.store.name,
        lines=tuple(_line(line, now) for line in snapshot.lines),
        first_due_at=first_due(snapshot),
        pdf_ready=row.pdf_sha256 is not None,
        acknowledged_by=row.acknowledged_name,
        acknowledged_at=row.acknowledged_at,
        **said,
    )


def _line(line: NoticeLine, now: datetime) -> StoreLine:
    said = {field: getattr(line, field) for field in _LINE_COPIED}
    photos = tuple(
        LinePhoto(k=k, figure=photo.figure, caption=photo.caption)
        for k, photo in enumerate(line.photos, 1)
    )
    return StoreLine(overdue=line.due_at < now, photos=photos, **said)


def _item(row: StoresNotice, now: datetime) -> StoreNoticeItem:
    snapshot = msgspec.json.decode(row.snapshot, type=NoticeSnapshot)
    return StoreNoticeItem(
        id=row.id,
        number=snapshot.number,
        state=row.state,
        title=snapshot.title,
        round_name=snapshot.round_name,
        issued_at=snapshot.issued_at,
        score=snapshot.score,
        lost=snapshot.lost,
        lines=len(snapshot.lines),
        first_due_at=row.first_due_at,
        overdue=row.first_due_at < now,
        pdf_ready=row.pdf_sha256 is not None,
    )
