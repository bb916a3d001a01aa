"""A notice as the staff sees it: lines, people, trail. Never handed to a store."""

from datetime import datetime
from itertools import accumulate
from typing import TypedDict

from inspection.domain import notice_draft, notice_state
from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.notice_state import NoticeMove, NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.refusals import CardUnpublishable
from inspection.domain.rubric import Rubric, Text
from inspection.domain.scorecard import Scorecard
from inspection.persistence import notices
from inspection.persistence.notices import NoticeLineRow, NoticeRow
from inspection.services.notice_access import reached
from inspection.services.notice_cards import notice_card
from inspection.services.notice_editing import offered_hours
from inspection.services.notice_results import (
    LinePhoto,
    NoticeDetail,
    NoticeLineDetail,
    PdfState,
)
from inspection.services.notice_signing import frozen, told_of
from inspection.services.notice_wording import demands_of, version_of
from inspection.services.places import RoundLabel, map_of
from inspection.services.published_visits import published
from inspection.services.review_detail import trail
from inspection.services.rubrics import rubric_of
from inspection.wording import Language, catalogue


class Stamps(TypedDict):
    """Who did what to the notice, and when."""

    drafted_by: str
    drafted_at: datetime
    signed_by: str | None
    issued_at: datetime | None
    delivered_at: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    first_due_at: datetime | None


class Paper(TypedDict):
    """What there is on paper: address and check code to verify it by, and the PDF."""

    number: str | None
    verify_url: str
    check: str
    pdf: PdfState
    pdf_pages: int | None
    pdf_fault: str


class Outcome(TypedDict):
    """The judgement the notice follows from."""

    score: Hundredths
    full: Hundredths
    lost: Hundredths
    outcome: str


async def notice_detail(actor: Actor, notice: str) -> NoticeDetail:
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
        lines=_lines(rubric, lines, offered),
        demands=demands_of(row),
        version=version_of(demands_of(row), lines),
        can_edit=_can(actor, row, Action.NOTICE_EDIT, NoticeMove.EDIT),
        can_sign=_can(actor, row, Action.NOTICE_SIGN, NoticeMove.SIGN),
        can_print=may(actor, Action.NOTICE_SIGN, Place(region_path=row.region_path)),
        trail=await trail("notice", notice, _hidden(actor, row)),
        score_now=card.now.total if card.now else None,
        **_judged(card.said),
        **_stamps(row),
        **_paper(row),
    )


def pdf_state(state: NoticeState, sha256: str | None, fault: str) -> PdfState:
    """Where the PDF is."""
    if state is NoticeState.DRAFT:
        return "none"
    if sha256 is not None:
        return "ready"
    return "failed" if fault else "queued"


def _hidden(actor: Actor, row: NoticeRow) -> frozenset[str]:
    # The id of a visit was made on the phone at the hour of the visit: it stays with QC.
    if may(actor, Action.VISIT_READ, Place(region_path=row.region_path)):
        return frozenset()
    return frozenset({"visit", "attempt"})


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
    if card.total is None or card.lost is None:  # pragma: no cover - such a card is not published
        raise CardUnpublishable
    return Outcome(score=card.total, full=card.full, lost=card.lost, outcome=card.outcome)


def _stamps(row: NoticeRow) -> Stamps:
    return Stamps(
        drafted_by=row.drafted_name,
        drafted_at=row.drafted_at,
        signed_by=row.signed_name,
        issued_at=row.issued_at,
        delivered_at=row.delivered_at,
        acknowledged_by=row.acknowledged_name,
        acknowledged_at=row.acknowledged_at,
        first_due_at=row.first_due_at,
    )


def _paper(row: NoticeRow) -> Paper:
    snapshot = frozen(row)
    return Paper(
        number=row.number,
        verify_url=snapshot.verify_url if snapshot else "",
        check=snapshot.check if snapshot else "",
        pdf=pdf_state(row.state, row.pdf_sha256, row.pdf_fault),
        pdf_pages=row.pdf_pages,
        pdf_fault=row.pdf_fault,
    )


def _lines(
    rubric: Rubric, rows: tuple[NoticeLineRow, ...], offered: dict[int, tuple[int, ...]]
) -> tuple[NoticeLineDetail, ...]:
    counts = [len(row.published_photos()) for row in rows]
    before = accumulate(counts, initial=1)
    return tuple(
        _line(rubric, row, first, offered[row.number])
        for row, first in zip(rows, before, strict=False)
    )


def _line(
    rubric: Rubric, row: NoticeLineRow, first: int, offered: tuple[int, ...]
) -> NoticeLineDetail:
    item = rubric.item(row.item)
    section = next((s for s in rubric.sections if s.code == row.section), None)
    if item is None or section is None:
        raise CardUnpublishable
    return NoticeLineDetail(
        number=row.number,
        item=row.item,
        title=item.title,
        section=section.title,
        standard=item.standard,
        severity=row.severity,
        lost=row.lost,
        problem=row.problem,
        requirement=row.requirement,
        responsible=row.responsible,
        hours=row.hours,
        offered=offered,
        due_at=row.due_at,
        photos=tuple(
            LinePhoto(k=k, figure=first + k - 1, caption=photo.caption)
            for k, photo in enumerate(row.published_photos(), 1)
        ),
    )
