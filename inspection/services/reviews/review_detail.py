"""One visit on the reviewer's screen: what was lost, by which evidence, and what looks odd."""

from datetime import datetime
from typing import TypedDict

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import NotFound, Refusal
from inspection.domain.reviews.review import Decision, ReviewCase, decide
from inspection.domain.visits.visit import VisitBody
from inspection.domain.visits.visit_hints import Hint
from inspection.persistence.notices import notices
from inspection.persistence.reviews import reviews
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.persistence.scoring import scored_visits
from inspection.services.people.places import map_of
from inspection.services.reach import check_granted
from inspection.services.reviews.review_flags import review_flags
from inspection.services.reviews.review_items import items_reviewed
from inspection.services.reviews.review_presence import making_of
from inspection.services.reviews.review_results import PastReview, VisitForReview
from inspection.services.reviews.review_sheet import (
    Sheet,
    earlier_findings,
    lost_items,
    passed,
    round_label,
    rubric_label,
    section_lines,
    set_aside,
    sheet_of,
)
from inspection.services.reviews.reviews import under_review
from inspection.services.reviews.score_revisions import revisions_of
from inspection.services.trails import trail
from inspection.services.visits.visit_hints import hints_about, photo_hints


class Head(TypedDict):
    """The fields of the screen that say which visit it is and when it was."""

    visit: str
    attempt: int
    state: str
    complete: bool
    missing_photos: int
    inspector: str
    started_at: datetime | None
    ended_at: datetime | None
    sent_at: datetime | None
    received_at: datetime
    minutes: int | None
    clock_offset_ms: int
    content_hash: str


async def visit_for_review(actor: Actor, visit: str) -> VisitForReview:
    """Everything a reviewer needs on one screen. Raises NotFound."""
    check_granted(actor, Action.VISIT_READ)
    found = await reviews.find_visit(visit)
    if found is None or not may(actor, Action.VISIT_READ, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    sheet = await sheet_of(found)
    names = await map_of([found.region_path])
    body = await scored_visits.find_body(visit, found.attempt)
    return VisitForReview(
        **_head(found),
        making=making_of(found, body),
        store=names.store(found.store_code, found.store_name, found.store_kind, found.region_path),
        round=round_label(found),
        rubric=rubric_label(sheet),
        scorecard=sheet.card,
        sections=section_lines(sheet),
        lost_items=lost_items(sheet),
        set_aside=set_aside(sheet),
        passed=passed(sheet),
        flags=review_flags(found, sheet.card, body, await _hints(found, sheet, body)),
        earlier=earlier_findings(sheet),
        reviews=await _past(visit),
        trail=await trail("visit", visit),
        revisions=await revisions_of(found),
        items=await items_reviewed(sheet),
        notice=await notices.notice_of_visit(visit),
        blocked=_refusal(found, actor, Decision.APPROVE),
        can_reopen=_refusal(found, actor, Decision.REOPEN) is None,
    )


async def _hints(found: ReviewedVisit, sheet: Sheet, body: VisitBody | None) -> tuple[Hint, ...]:
    if body is None:
        return ()
    photos = [photo.sha256 for shown in sheet.photos.values() for photo in shown]
    about = await hints_about(body, found.inspector, found.store)
    return (*about, *await photo_hints(photos, found.visit))


def _refusal(found: ReviewedVisit, actor: Actor, decision: Decision) -> str | None:
    """The code of what forbids the decision now."""
    case = ReviewCase(attempt=found.attempt, decision=decision, reason="?", reviewer=actor.account)
    try:
        decide(under_review(found), case)
    except Refusal as refusal:
        return refusal.code
    return None


def _head(found: ReviewedVisit) -> Head:
    return Head(
        visit=found.visit,
        attempt=found.attempt,
        state=found.state.value,
        complete=found.complete,
        missing_photos=found.missing_photos,
        inspector=found.pseudonym,
        started_at=found.started_at,
        ended_at=found.ended_at,
        sent_at=found.sent_at,
        received_at=found.received_at,
        minutes=_minutes(found),
        clock_offset_ms=found.clock_offset_ms,
        content_hash=found.content_hash,
    )


def _minutes(found: ReviewedVisit) -> int | None:
    if found.started_at is None or found.ended_at is None:
        return None
    return int((found.ended_at - found.started_at).total_seconds()) // 60


async def _past(visit: str) -> tuple[PastReview, ...]:
    return tuple(
        PastReview(
            attempt=row.attempt,
            decision=row.decision,
            reason=row.reason,
            reviewer=row.reviewer_name,
            decided_at=row.decided_at,
            due_at=row.due_at,
        )
        for row in await reviews.decisions_on(visit)
    )
