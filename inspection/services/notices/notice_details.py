"""A notice as the staff sees it: lines, people, trail. Never handed to a store."""

from datetime import datetime
from typing import TypedDict

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.notices import notice_draft, notice_state
from inspection.domain.notices.notice_state import UNISSUED, NoticeMove, NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.refusals import CardUnpublishable
from inspection.domain.rubrics.rubric import Text
from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.notices.notice_access import reached
from inspection.services.notices.notice_cards import notice_card
from inspection.services.notices.notice_clocks import notice_clock
from inspection.services.notices.notice_editing import offered_hours
from inspection.services.notices.notice_letters import frozen, said_in, told_of
from inspection.services.notices.notice_line_details import line_details
from inspection.services.notices.notice_results import (
    NoticeDetail,
    NoticeName,
    PdfState,
)
from inspection.services.notices.notice_signing import may_sign
from inspection.services.notices.notice_wording import demands_of, version_of
from inspection.services.notices.numbering import issuer_of
from inspection.services.people.places import RoundLabel, map_of
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools
from inspection.services.trails import trail
from inspection.services.visits.published_visits import published
from inspection.wording import Language, catalogue


class Stamps(TypedDict):
    """Who did what to the notice, and when."""

    drafted_by: str
    drafted_at: datetime
    checked_by: str | None
    checked_at: datetime | None
    signed_by: str | None
    issued_at: datetime | None
    delivered_at: datetime | None
    receipt: str
    receipt_name: str
    receipt_note: str
    acknowledged_by: str | None
    acknowledged_at: datetime | None


class Rights(TypedDict):
    """What the caller may do with the notice as it stands."""

    can_edit: bool
    can_submit: bool
    can_send_back: bool
    can_sign: bool
    can_void: bool
    own_words: bool
    can_print: bool


class Course(TypedDict):
    """Which notice it stands in for or was replaced by, and how it ended."""

    replaces: NoticeName | None
    replaced_by: NoticeName | None
    ended_by: str | None
    ended_at: datetime | None
    end_reason: str


class Paper(TypedDict):
    """What there is on paper: address and check code to verify it by, and the PDF."""

    number: str | None
    verify_url: str
    check: str
    pdf: PdfState
    pdf_pages: int | None
    pdf_fault: str
    unprinted: str
    void_pdf: bool


class Outcome(TypedDict):
    """The judgement the notice follows from."""

    score: Hundredths
    full: Hundredths
    lost: Hundredths
    outcome: str


async def notice_detail(tools: Tools, actor: Actor, notice: str) -> NoticeDetail:
    """Everything about a notice for those who prepare and sign it."""
    row = await reached(actor, Action.NOTICE_READ, notice)
    lines = await notices.lines_of(notice)
    card = await notice_card(row, lines)
    rubric = await rubric_of(card.said.rubric_digest)
    names = await map_of([row.region_path])
    offered = await offered_hours(row, lines)
    return NoticeDetail(
        id=row.id,
        state=row.state,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        round=_round(row),
        rubric_title=rubric.title,
        visited=_visited(row),
        lines=line_details(rubric, lines, offered),
        demands=said_in(row).demands if row.number else demands_of(row),
        version=version_of(demands_of(row), lines),
        trail=await trail("notice", notice, _hidden(actor, row)),
        score_now=card.now.total if card.now else None,
        clock=await notice_clock(row, tools.now()),
        **_judged(card.said),
        **await _rights(tools, actor, row),
        **_stamps(row),
        **_course(row),
        **_paper(row),
    )


def pdf_state(state: NoticeState, sha256: str | None, fault: str) -> PdfState:
    """Where the PDF is."""
    if state in UNISSUED:
        return "none"
    if sha256 is not None:
        return "ready"
    return "failed" if fault else "queued"


def _hidden(actor: Actor, row: NoticeRow) -> frozenset[str]:
    # The id of a visit was made on the phone at the hour of the visit: it stays with QC.
    if may(actor, Action.VISIT_READ, Place(region_path=row.region_path)):
        return frozenset()
    return frozenset({"visit", "attempt"})


async def _rights(tools: Tools, actor: Actor, row: NoticeRow) -> Rights:
    signable = _can(actor, row, Action.NOTICE_SIGN, NoticeMove.SIGN)
    own = signable and not may_sign(actor, row, await issuer_of(tools, row.region_path))
    return Rights(
        can_edit=_can(actor, row, Action.NOTICE_EDIT, NoticeMove.EDIT),
        can_submit=_can(actor, row, Action.NOTICE_EDIT, NoticeMove.SUBMIT),
        can_send_back=_can(actor, row, Action.NOTICE_EDIT, NoticeMove.SEND_BACK),
        can_sign=signable and not own,
        can_void=_can(actor, row, Action.NOTICE_SIGN, NoticeMove.VOID),
        own_words=own,
        can_print=may(actor, Action.NOTICE_SIGN, Place(region_path=row.region_path)),
    )


def _can(actor: Actor, row: NoticeRow, action: Action, move: NoticeMove) -> bool:
    place = Place(region_path=row.region_path)
    return may(actor, action, place) and notice_state.allowed(row.state, move)


def _round(row: NoticeRow) -> RoundLabel:
    return RoundLabel(
        code=row.round_code,
        name=Text(row.round_zh, row.round_en),
        visit_kind=row.visit_kind,
        state=row.round_state,
        pilot=row.pilot,
    )


def _visited(row: NoticeRow) -> Text:
    visit = published(told_of(row))
    return Text(*(notice_draft.visited(visit, catalogue(language)) for language in Language))


def _judged(card: Scorecard) -> Outcome:
    if card.total is None or card.lost is None:
        raise CardUnpublishable
    return Outcome(score=card.total, full=card.full, lost=card.lost, outcome=card.outcome)


def _stamps(row: NoticeRow) -> Stamps:
    return Stamps(
        drafted_by=row.author_name,
        drafted_at=row.drafted_at,
        checked_by=row.checked_name,
        checked_at=row.checked_at,
        signed_by=row.signed_name,
        issued_at=row.issued_at,
        delivered_at=row.delivered_at,
        receipt=row.receipt,
        receipt_name=row.receipt_name,
        receipt_note=row.receipt_note,
        acknowledged_by=row.acknowledged_name,
        acknowledged_at=row.acknowledged_at,
    )


def _course(row: NoticeRow) -> Course:
    return Course(
        replaces=name_of(row.replaces, row.replaces_number),
        replaced_by=name_of(row.replaced_by, row.replaced_by_number),
        ended_by=row.ended_name,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
    )


def name_of(notice: str | None, number: str | None) -> NoticeName | None:
    """Another notice, when there is one."""
    return NoticeName(notice, number) if notice and number else None


def _paper(row: NoticeRow) -> Paper:
    snapshot = frozen(row)
    return Paper(
        number=row.number,
        verify_url=snapshot.verify_url if snapshot else "",
        check=snapshot.check if snapshot else "",
        pdf=pdf_state(row.state, row.pdf_sha256, row.pdf_fault),
        pdf_pages=row.pdf_pages,
        pdf_fault=row.pdf_fault,
        unprinted=row.unprinted,
        void_pdf=row.void_sha256 is not None,
    )
