"""Reviewing: the queue, the decision, and publishing in the same transaction."""

from datetime import datetime

import msgspec

from inspection.domain import cursor
from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import NotFound
from inspection.domain.review import Decision, ReviewCase, UnderReview, Verdict, decide
from inspection.domain.rubric import Text
from inspection.domain.visit import VisitState
from inspection.persistence import assignments, audit, notices, reviews
from inspection.persistence import review_queue as queue
from inspection.persistence.engine import tx
from inspection.persistence.review_queue import WaitingPlace, WaitingVisit
from inspection.persistence.reviews import ReviewedVisit, ReviewRow
from inspection.services.notice_drafting import draft_notice, record_draft
from inspection.services.places import Map, RoundLabel, map_of
from inspection.services.reach import check_granted, scope_of
from inspection.services.review_results import QueuedVisit, ReviewOutcome, ReviewQueue
from inspection.services.standings import refresh_standing
from inspection.services.tools import Tools

PAGE = 50
LARGEST_PAGE = 200


async def review_queue(
    tools: Tools, actor: Actor, after: str = "", size: int = PAGE
) -> ReviewQueue:
    """One page of the visits that wait for a decision, longest wait first."""
    scope = scope_of(actor, Action.VISIT_REVIEW)
    size = max(1, min(size, LARGEST_PAGE))
    rows = await queue.waiting_visits(scope, cursor.read(after, WaitingPlace), size + 1)
    shown = rows[:size]
    names = await map_of(row.region_path for row in shown)
    last = shown[-1] if len(rows) > size else None
    return ReviewQueue(
        rows=tuple(_queued(row, names, tools.now()) for row in shown),
        next_cursor=cursor.written(WaitingPlace(last.received_at, last.visit)) if last else None,
        waiting=await queue.count_waiting(scope),
    )


async def review_visit(
    tools: Tools, actor: Actor, visit: str, attempt: int, decision: Decision, reason: str = ""
) -> ReviewOutcome:
    """Approve or return an attempt. Approving publishes it: standing, notice draft and audit in
    the same transaction. The same decision sent again changes nothing and gets the same answer.
    """
    case = ReviewCase(attempt=attempt, decision=decision, reason=reason, reviewer=actor.account)
    async with tx():
        found = await _locked(actor, visit)
        if await _decided_already(found, case):
            return _outcome(found, found.state, await notices.notice_of_visit(visit))
        verdict = decide(under_review(found), case)
        notice = await _settle(tools, actor, found, case, verdict)
    return _outcome(found, verdict.state, notice)


def under_review(found: ReviewedVisit) -> UnderReview:
    """What of the visit a decision depends on."""
    return UnderReview(
        state=found.state,
        assignment_state=found.assignment_state,
        round_state=found.round_state,
        attempt=found.attempt,
        inspector=found.inspector,
        complete=found.complete,
        missing_photos=found.missing_photos,
        total=found.total,
    )


async def _locked(actor: Actor, visit: str) -> ReviewedVisit:
    check_granted(actor, Action.VISIT_REVIEW)
    found = await reviews.lock_visit(visit)
    if found is None or not may(actor, Action.VISIT_REVIEW, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    return found


async def _decided_already(found: ReviewedVisit, case: ReviewCase) -> bool:
    return any(
        (known.attempt, known.decision, known.reviewer)
        == (case.attempt, case.decision, case.reviewer)
        for known in await reviews.decisions_on(found.visit)
    )


async def _settle(
    tools: Tools, actor: Actor, found: ReviewedVisit, case: ReviewCase, verdict: Verdict
) -> str | None:
    at = tools.now()
    await reviews.add_review(_review_row(tools, found, case, verdict, at))
    await reviews.settle_visit(found.visit, verdict.state, case.reviewer, at)
    await assignments.move_assignment(
        found.assignment, found.assignment_state, verdict.assignment_state
    )
    draft = None
    if case.decision is Decision.APPROVE:
        await refresh_standing(found.round, found.store, at)
        draft = await draft_notice(tools, actor, found, at)
    await _record(found, case, verdict, at)
    if draft is not None:
        await record_draft(actor, found, draft, at)
    return draft.id if draft else None


def _review_row(
    tools: Tools, found: ReviewedVisit, case: ReviewCase, verdict: Verdict, at: datetime
) -> ReviewRow:
    return ReviewRow(
        id=tools.new_id(),
        visit=found.visit,
        attempt=case.attempt,
        reviewer=case.reviewer,
        decision=case.decision,
        reason=verdict.reason,
        decided_at=at,
    )


async def _record(found: ReviewedVisit, case: ReviewCase, verdict: Verdict, at: datetime) -> None:
    body: dict[str, object] = {"attempt": case.attempt, "state": verdict.state.value}
    if verdict.reason:
        body["reason"] = verdict.reason
    if case.decision is Decision.APPROVE:
        body["total"] = found.total
    await audit.append(
        at=at,
        actor=case.reviewer,
        action=f"visit.{case.decision.value}",
        noun="visit",
        noun_id=found.visit,
        body=body,
    )


def _outcome(found: ReviewedVisit, state: VisitState, notice: str | None) -> ReviewOutcome:
    return ReviewOutcome(visit=found.visit, attempt=found.attempt, state=state.value, notice=notice)


def _queued(row: WaitingVisit, names: Map, now: datetime) -> QueuedVisit:
    return QueuedVisit(
        visit=row.visit,
        attempt=row.attempt,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        round=RoundLabel(
            code=row.round_code,
            name=Text(row.round_zh, row.round_en),
            visit_kind=row.visit_kind,
            state=row.round_state,
        ),
        inspector=row.inspector,
        total=row.total,
        lost=row.lost,
        outcome=row.outcome,
        flags=msgspec.json.decode(row.flags, type=tuple[str, ...]),
        received_at=row.received_at,
        waited_minutes=max(0, int((now - row.received_at).total_seconds()) // 60),
        complete=row.complete,
        missing_photos=row.missing_photos,
    )
