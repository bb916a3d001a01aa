"""What a store may fetch: its issued notices, copied field by field from what was said in them."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.notices import notice_state
from inspection.domain.notices.notice import NoticeLine, NoticeSnapshot
from inspection.domain.notices.notice_state import NoticeMove, NoticeState, Receipt
from inspection.domain.plain_text import plain
from inspection.domain.rectifications.rectification import LineState, Progress, progress
from inspection.persistence.engine import tx
from inspection.persistence.notices import store_notice_lists
from inspection.persistence.notices.notice_moves import Received
from inspection.persistence.notices.notices import NoticeRow
from inspection.persistence.notices.store_notice_lists import StoresNotice
from inspection.services.notices.notice_access import held, reached
from inspection.services.notices.notice_clocks import (
    NO_CLOCK,
    NoticeClock,
    notice_clock,
    notice_clocks,
)
from inspection.services.notices.notice_deliveries import Way, open_first, receive
from inspection.services.notices.notice_details import name_of
from inspection.services.notices.notice_letters import first_due, said_in
from inspection.services.notices.notice_results import LinePhoto
from inspection.services.notices.store_notice_results import (
    StoreLine,
    StoreNotice,
    StoreNoticeItem,
    StoreNoticeList,
)
from inspection.services.reach import check_granted
from inspection.services.tools import Tools

MOST_LISTED = 200
SIGNED_NAME = 40
IN_APP = "in_app"

_COPIED = (
    "number", "language", "title", "issuer", "issued_at", "issued_on", "round_name",
    "rubric_title", "rubric_edition", "visit_kind", "visited", "basis", "score", "full", "lost",
    "score_hundredths", "full_hundredths", "lost_hundredths", "raw", "outcome", "notes",
    "sections", "first_due", "last_due", "report_back_at", "disposals", "demands", "cc", "signers",
    "check", "replaces",
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
    rows = await store_notice_lists.notices_of_store(actor.store or "", MOST_LISTED)
    clocks = await notice_clocks(rows, tools.now())
    return StoreNoticeList(rows=tuple(_item(row, clocks.get(row.id, NO_CLOCK)) for row in rows))


async def store_notice(tools: Tools, actor: Actor, notice: str) -> StoreNotice:
    """One notice of the store. The first look delivers it."""
    row = await reached(actor, Action.NOTICE_READ, notice)
    if notice_state.allowed(row.state, NoticeMove.OPEN):
        async with tx():
            row = await _opened(tools, actor, notice)
    return await store_view(row, tools.now())


async def acknowledge_notice(
    tools: Tools, actor: Actor, notice: str, name: str = ""
) -> StoreNotice:
    """Sign for a notice, with a typed name or the account's. Signing again changes nothing."""
    async with tx():
        await acknowledge(tools, actor, notice, tools.now(), name)
        row = await held(actor, Action.NOTICE_ACKNOWLEDGE, notice)
    return await store_view(row, tools.now())


async def acknowledge(
    tools: Tools, actor: Actor, notice: str, at: datetime, name: str = ""
) -> None:
    """The same inside the caller's transaction."""
    row = await held(actor, Action.NOTICE_ACKNOWLEDGE, notice)
    if row.state is not NoticeState.ACKNOWLEDGED:
        said = plain(name, "signer", SIGNED_NAME)
        signed = Received(receipt=Receipt.SIGNED, account=actor.account, at=at, name=said)
        await receive(tools, actor, row, signed, IN_APP)


async def _opened(tools: Tools, actor: Actor, notice: str) -> NoticeRow:
    row = await held(actor, Action.NOTICE_READ, notice)
    # Somebody else of the store may have opened it a moment ago.
    if not notice_state.allowed(row.state, NoticeMove.OPEN):
        return row
    await open_first(tools, actor, row, Way(IN_APP, actor.account))
    return await held(actor, Action.NOTICE_READ, notice)


async def store_view(row: NoticeRow, now: datetime) -> StoreNotice:
    """An issued notice as its store sees it, for whoever may see that."""
    return _told(row, await notice_clock(row, now))


def _told(row: NoticeRow, clock: NoticeClock) -> StoreNotice:
    snapshot = said_in(row)
    said = {field: getattr(snapshot, field) for field in _COPIED}
    return StoreNotice(
        id=row.id,
        state=row.state,
        store_code=snapshot.store.code,
        store_name=snapshot.store.name,
        lines=tuple(_line(line, clock) for line in snapshot.lines),
        first_due_at=first_due(snapshot),
        due_at=clock.due_at,
        paused=clock.paused,
        replaced_by=name_of(row.replaced_by, row.replaced_by_number),
        end_reason=row.end_reason,
        void_pdf=row.void_sha256 is not None,
        pdf_ready=row.pdf_sha256 is not None,
        receipt=row.receipt,
        receipt_name=row.receipt_name,
        delivered_at=row.delivered_at,
        acknowledged_by=row.acknowledged_name,
        acknowledged_at=row.acknowledged_at,
        **said,
    )


def _line(line: NoticeLine, clock: NoticeClock) -> StoreLine:
    said = {field: getattr(line, field) for field in _LINE_COPIED}
    photos = tuple(
        LinePhoto(k=k, figure=photo.figure, caption=photo.caption)
        for k, photo in enumerate(line.photos, 1)
    )
    return StoreLine(overdue=line.no in clock.late, photos=photos, **said)


def _item(row: StoresNotice, clock: NoticeClock) -> StoreNoticeItem:
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
        settled=len(snapshot.lines) - row.owed - row.submitted,
        progress=_progress(row),
        first_due_at=clock.due_at or row.first_due_at,
        due_at=clock.due_at,
        paused=clock.paused,
        overdue=clock.overdue,
        pdf_ready=row.pdf_sha256 is not None,
    )


def _progress(row: StoresNotice) -> Progress:
    counted = {
        LineState.RETURNED: row.returned,
        LineState.OPEN: row.owed - row.returned,
        LineState.SUBMITTED: row.submitted,
    }
    return progress({state for state, n in counted.items() if n})
