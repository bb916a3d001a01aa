"""Visits from the phone's side: receiving them, and telling inspectors what became of theirs."""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Place, granted, may
from inspection.domain.decoding import decode
from inspection.domain.photos.photo import PhotoState
from inspection.domain.refusals import (
    AnswersRefused,
    BodyRefused,
    HashMismatch,
    NotAllowed,
    NotFound,
    VisitUnreadable,
)
from inspection.domain.scoring import answer_checks
from inspection.domain.scoring.answers import NOTHING_EARLIER, EarlierFindings
from inspection.domain.scoring.scoring import score
from inspection.domain.visits import visit_checks
from inspection.domain.visits.visit import LARGEST_BODY, VisitBody, content_hash, is_address
from inspection.persistence.rectifications import reinspection_sendings
from inspection.persistence.rescores import rescore_lines
from inspection.persistence.rounds import rounds
from inspection.persistence.visits import visit_details, visits
from inspection.persistence.visits.visit_details import VisitFound, VisitListed
from inspection.persistence.visits.visits import KnownAssignment, Situation
from inspection.services.overtaking import look_again
from inspection.services.rubrics.rubrics import KnownRubric, known_rubric
from inspection.services.tools import Tools
from inspection.services.visit_admission import Arrival, Received, admit, receipt_given
from inspection.services.visits import reinspection_receiving
from inspection.services.visits.parking import ABOUT_CONTENT, park
from inspection.services.visits.visit_keeping import keep
from inspection.services.visits.visit_rows import Accepted


class Rescored(msgspec.Struct, frozen=True, kw_only=True):
    """That the card is not the first one: which revision, since when, why, and the total before."""

    revision: int
    at: datetime
    reason: str
    total_before: int | None


class VisitDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A visit with the photos still to come and those no clean copy could be made of; `rescored`
    when its card was judged by another version since.
    """

    visit: VisitFound
    rescored: Rescored | None
    missing: tuple[str, ...]
    refused: tuple[str, ...]


async def receive_visit(
    tools: Tools, actor: Actor, visit: str, attempt: int, content: bytes, announced_hash: str
) -> Received:
    """Accept an attempt at a visit, once. The same content again gets the same receipt; content
    that is refused is parked before the refusal is raised.
    """
    if not granted(actor.role, Action.VISIT_SUBMIT):
        raise NotAllowed
    if not is_address(visit, attempt):
        raise NotFound(noun="visit")
    found = content_hash(content)
    if found != announced_hash:
        raise HashMismatch
    arrival = Arrival(
        actor=actor,
        visit=visit,
        attempt=attempt,
        content=content,
        content_hash=found,
        at=tools.now(),
    )
    try:
        return await _received(tools, arrival)
    except ABOUT_CONTENT as refusal:
        await park(tools, arrival, refusal)
        raise


async def my_visits(actor: Actor) -> tuple[VisitListed, ...]:
    """The actor's own visits, latest first, looks at stores among them: those have no score."""
    found = await visit_details.list_visits(actor.account)
    looks = await reinspection_sendings.list_sent(actor.account)
    if not looks:
        return found
    return tuple(sorted((*found, *looks), key=lambda each: each.received_at, reverse=True))


async def visit_of(actor: Actor, visit: str) -> VisitDetail:
    """One visit with its scorecard, or a look at a store without one, for its inspector and for QC.
    Raises NotFound.
    """
    found = await visit_details.find_visit(visit)
    look = None if found else await reinspection_sendings.find_sent(visit)
    shown = found or look
    if shown is None or not may(actor, Action.VISIT_READ, _place(shown)):
        raise NotFound(noun="visit")
    listing = reinspection_sendings.photos_sent if look else visit_details.list_photos
    photos = await listing(visit)
    return VisitDetail(
        visit=shown,
        rescored=await _rescored(found) if found else None,
        missing=tuple(p.sha256 for p in photos if p.state == PhotoState.RECEIVING),
        refused=tuple(p.sha256 for p in photos if p.state == PhotoState.REFUSED),
    )


async def _rescored(found: VisitFound) -> Rescored | None:
    given = await rescore_lines.revisions_of(found.id)
    latest, *before = [each for each in given if each.attempt == found.attempt]
    if not before:
        return None
    total = msgspec.json.decode(before[0].card, type=_Total).total
    return Rescored(
        revision=latest.revision,
        at=latest.scored_at,
        reason=latest.reason or "",
        total_before=total,
    )


class _Total(msgspec.Struct, frozen=True):
    total: int | None


def _place(found: VisitFound) -> Place:
    return Place(region_path=found.region_path, inspector=AccountId(found.inspector))


async def _received(tools: Tools, arrival: Arrival) -> Received:
    body = _read(arrival.content)
    assignment = "" if isinstance(body, VisitUnreadable) else body.assignment

    async def decide() -> Received:
        known = await visits.situation(arrival.visit, arrival.attempt, assignment)
        if receipt := receipt_given(known, arrival):
            return Received(receipt, is_new=False)
        # A look at a store comes the same way; nobody pays for asking who sends a visit.
        if known.visit is None and known.assignment is None:
            answered = await reinspection_receiving.answer(arrival, body)
            if answered is not None:
                return answered
        if isinstance(body, VisitUnreadable):
            raise body
        accepted = await judge(known, arrival, body)
        return Received(await keep(tools, accepted), is_new=True)

    return await look_again(decide)


def _read(content: bytes) -> VisitBody | VisitUnreadable:
    # A receipt once given is repeated even if today's form no longer fits what was sent then.
    try:
        return decode(content, VisitBody, limit=LARGEST_BODY)
    except BodyRefused as refusal:
        return VisitUnreadable(faults=refusal.faults)


async def judge(known: Situation, arrival: Arrival, body: VisitBody) -> Accepted:
    """Check a submission against what is known, and score it. Raises what keeps it out."""
    assignment = admit(known, arrival, body)
    rubric = await known_rubric(assignment.rubric_digest)
    features = frozenset(msgspec.json.decode(assignment.features, type=list[str]))
    findings = body.findings()
    policy = visit_checks.photo_policy(assignment.visit_kind)
    faults = (
        *visit_checks.faults(body, arrival.visit, arrival.attempt),
        *answer_checks.faults(rubric.rubric, findings, features, policy),
    )
    if faults:
        raise AnswersRefused(faults=faults)
    earlier = await _earlier(assignment, rubric)
    return Accepted(
        arrival=arrival,
        body=body,
        assignment=assignment,
        rubric=rubric,
        card=score(rubric.rubric, findings, features, earlier),
    )


async def _earlier(assignment: KnownAssignment, rubric: KnownRubric) -> EarlierFindings:
    # A rubric that adds nothing for repeats is spared the question; its cards do not depend on it.
    if rubric.rubric.repeat_factor == NO_REPEAT:
        return NOTHING_EARLIER
    return await rounds.earlier_findings(
        assignment.store, assignment.rubric_code, assignment.round_from
    )


NO_REPEAT = 100
"""A repeat factor of 1.00: the same loss again costs what it cost before."""
