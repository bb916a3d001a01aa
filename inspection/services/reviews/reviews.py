"""Reviewing: the queue, the decision, and what it sets going in the same transaction."""

from datetime import datetime

from msgspec import structs

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import CardUnpublishable, NotFound
from inspection.domain.reviews.review import Decision, ReviewCase, UnderReview, Verdict, decide
from inspection.domain.visits.visit import VisitState
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.notices import notices
from inspection.persistence.reviews import reviews
from inspection.persistence.reviews.reviews import ReviewedVisit, ReviewRow
from inspection.persistence.rounds import assignments
from inspection.persistence.scoring import scored_visits
from inspection.services.reach import check_granted
from inspection.services.releases.releases import Release, publish, record_release
from inspection.services.reviews.review_results import ReviewOutcome
from inspection.services.reviews.review_returns import tell_inspector, with_deadline
from inspection.services.tools import Tools


async def review_visit(
    tools: Tools, actor: Actor, visit: str, attempt: int, decision: Decision, reason: str = ""
) -> ReviewOutcome:
    """Approve or return an attempt. What is approved waits for the batch that releases it, or is
    released in the same transaction where its round says so. The same decision sent again changes
    nothing and gets the same answer.
    """
    case = ReviewCase(attempt=attempt, decision=decision, reason=reason, reviewer=actor.account)
    return await decide_visit(tools, actor, visit, case)


async def decide_visit(tools: Tools, actor: Actor, visit: str, case: ReviewCase) -> ReviewOutcome:
    """The same with everything a case may say; a return also until when it is due."""
    case = structs.replace(case, reviewer=actor.account)
    async with tx():
        found = await _locked(actor, visit)
        if await _decided_already(found, case):
            return _outcome(found, found.state, await notices.notice_of_visit(visit))
        verdict = decide(under_review(found), case)
        if verdict.state is VisitState.APPROVED:
            await _check_card(found)
        return await _settle(tools, found, case, verdict)


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
        questions=found.questions,
    )


async def _locked(actor: Actor, visit: str) -> ReviewedVisit:
    check_granted(actor, Action.VISIT_REVIEW)
    found = await reviews.lock_visit(visit)
    if found is None or not may(actor, Action.VISIT_REVIEW, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    return found


async def _decided_already(found: ReviewedVisit, case: ReviewCase) -> bool:
    # Only the last one: what was decided before it was reopened may be decided again.
    return any(
        (known.attempt, known.decision, known.reviewer)
        == (case.attempt, case.decision, case.reviewer)
        for known in (await reviews.decisions_on(found.visit))[-1:]
    )


async def _settle(
    tools: Tools, found: ReviewedVisit, case: ReviewCase, verdict: Verdict
) -> ReviewOutcome:
    at = tools.now()
    row = _review_row(tools, found, case, verdict, at)
    if case.decision is Decision.RETURN:
        row = await with_deadline(found, row, case.hours)
        await tell_inspector(tools, found, row)
    await reviews.add_review(row)
    await reviews.settle_visit(found.visit, verdict.state, case.reviewer, at)
    await assignments.move_assignment(
        found.assignment, found.assignment_state, verdict.assignment_state
    )
    if verdict.state is not VisitState.APPROVED or not found.terms.at_once:
        await _record(found, case, verdict, at)
        return _outcome(found, verdict.state, None)
    decided = structs.replace(found, state=verdict.state, reviewed_by=case.reviewer, reviewed_at=at)
    going = Release(found=decided)
    draft = await publish(tools, going)
    await _record(found, case, verdict, at)
    await record_release(tools, going, draft)
    return _outcome(found, VisitState.PUBLISHED, draft.id if draft else None)


async def _check_card(found: ReviewedVisit) -> None:
    # Now, when somebody can see to it, and not on the day it is to go out.
    if await scored_visits.find_card(found.visit, found.attempt) is None:
        raise CardUnpublishable


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
