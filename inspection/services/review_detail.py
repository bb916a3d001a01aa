"""One visit on the reviewer's screen: what was lost, by which evidence, and what looks odd."""

from datetime import datetime
from typing import TypedDict

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.audit import AuditEntry
from inspection.domain.refusals import NotFound, Refusal
from inspection.domain.review import Decision, ReviewCase, decide
from inspection.persistence import audit, notices, review_queue, reviews, scored_visits
from inspection.persistence.places import Scope
from inspection.persistence.review_queue import WaitingPlace
from inspection.persistence.reviews import ReviewedVisit
from inspection.services.places import map_of
from inspection.services.reach import check_granted
from inspection.services.review_flags import review_flags
from inspection.services.review_presence import making_of
from inspection.services.review_results import PastReview, TrailEvent, VisitForReview
from inspection.services.review_sheet import (
    earlier_findings,
    lost_items,
    passed,
    round_label,
    rubric_label,
    section_lines,
    set_aside,
    sheet_of,
)
from inspection.services.reviews import under_review
from inspection.services.score_revisions import revisions_of


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
    place = WaitingPlace(found.received_at, visit)
    body = await scored_visits.find_body(visit, found.attempt)
    return VisitForReview(
        **_head(found),
        making=(making := making_of(found, body)),
        store=names.store(found.store_code, found.store_name, found.store_kind, found.region_path),
        round=round_label(found),
        rubric=rubric_label(sheet),
        scorecard=sheet.card,
        sections=section_lines(sheet),
        lost_items=lost_items(sheet),
        set_aside=set_aside(sheet),
        passed=passed(sheet),
        flags=(*review_flags(found, sheet.card, body), *making.flags),
        earlier=earlier_findings(sheet),
        reviews=await _past(visit),
        trail=await trail("visit", visit),
        revisions=await revisions_of(found),
        notice=await notices.notice_of_visit(visit),
        next_visit=await review_queue.next_waiting(Scope(actor.region_path), place),
        blocked=_blocked(found, actor),
    )


async def trail(
    noun: str, noun_id: str, hidden: frozenset[str] = frozenset()
) -> tuple[TrailEvent, ...]:
    """The audit trail of one thing, inspectors by their pseudonym, without the facts named."""
    entries = await audit.events_of(noun, noun_id)
    people = await reviews.people(frozenset(entry.actor for entry in entries if entry.actor))
    return tuple(_event(entry, people, hidden) for entry in entries)


def _blocked(found: ReviewedVisit, actor: Actor) -> str | None:
    case = ReviewCase(
        attempt=found.attempt, decision=Decision.APPROVE, reason="", reviewer=actor.account
    )
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
        )
        for row in await reviews.decisions_on(visit)
    )


def _event(entry: AuditEntry, people: dict[str, str], hidden: frozenset[str]) -> TrailEvent:
    facts = msgspec.json.decode(entry.body, type=dict[str, object])
    return TrailEvent(
        at=entry.at,
        action=entry.action,
        actor=people.get(entry.actor, ""),
        facts={name: str(fact) for name, fact in facts.items() if name not in hidden},
    )
