"""Every score a visit was given: the first, and those of later judgements with who and why."""

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.points import Hundredths
from inspection.domain.refusals import NotFound
from inspection.domain.rescores.rescore import restated
from inspection.domain.reviews.correction import amended
from inspection.domain.rubrics.rubric import Text
from inspection.domain.scoring.answers import Answers
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.visits.visit import MOST_ATTEMPTS
from inspection.persistence.rescores import rescore_lines
from inspection.persistence.rescores.rescore_lines import Revision
from inspection.persistence.reviews import corrections, reviews
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.persistence.rubrics import rubrics
from inspection.persistence.scoring import scored_visits
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.reach import check_granted
from inspection.services.reviews.review_results import LostItem, ScoreRevision, SectionLine
from inspection.services.reviews.review_sheet import Sheet, lost_items, section_lines
from inspection.services.rubrics.rubrics import rubric_of

MOST_REVISIONS = 10_000


class ScoreThen(msgspec.Struct, frozen=True, kw_only=True):
    """A score as it was given, with the losses it follows from."""

    visit: str
    store: StoreLabel
    revision: ScoreRevision
    rubric_title: Text
    card: Scorecard
    sections: tuple[SectionLine, ...]
    lost_items: tuple[LostItem, ...]


async def revisions_of(found: ReviewedVisit) -> tuple[ScoreRevision, ...]:
    """Every judgement on the visit, latest first."""
    kept = await rescore_lines.revisions_of(found.visit)
    numbers = {row.digest: row.number for row in await rubrics.list_versions()}
    latest = next((each for each in kept if each.attempt == found.attempt), None)
    return tuple(_shown(each, numbers, counts=each is latest) for each in kept)


async def score_then(actor: Actor, visit: str, attempt: int, revision: int) -> ScoreThen:
    """One judgement as it was given. Raises NotFound."""
    check_granted(actor, Action.VISIT_READ)
    if not (1 <= attempt <= MOST_ATTEMPTS and 1 <= revision <= MOST_REVISIONS):
        raise NotFound(noun="visit")
    found = await reviews.find_visit(visit)
    if found is None or not may(actor, Action.VISIT_READ, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    sheet = await _sheet(found, attempt, revision)
    given = {(each.attempt, each.revision): each for each in await revisions_of(found)}
    names = await map_of([found.region_path])
    return ScoreThen(
        visit=visit,
        store=names.store(found.store_code, found.store_name, found.store_kind, found.region_path),
        revision=given[attempt, revision],
        rubric_title=sheet.rubric.title,
        card=sheet.card,
        sections=section_lines(sheet),
        lost_items=lost_items(sheet),
    )


async def _sheet(found: ReviewedVisit, attempt: int, revision: int) -> Sheet:
    """The card with the answers as its version reads them. Raises NotFound."""
    card = await scored_visits.find_revision(found.visit, attempt, revision)
    body = await scored_visits.find_body(found.visit, attempt)
    if card is None or body is None:
        raise NotFound(noun="visit")
    rubric = await rubric_of(card.rubric_digest)
    corrected = await corrections.as_of(found.visit, attempt, revision)
    answers = restated(rubric, Answers(amended(body.answers, corrected), body.bonuses))
    return Sheet(
        visit=found,
        rubric=rubric,
        card=card,
        answers={answer.item: answer for answer in answers.items},
        photos={},
        earlier=(),
    )


def _shown(kept: Revision, numbers: dict[str, int], *, counts: bool) -> ScoreRevision:
    card = msgspec.json.decode(kept.card, type=_Judged)
    return ScoreRevision(
        attempt=kept.attempt,
        revision=kept.revision,
        version=numbers[card.rubric_digest],
        scored_at=kept.scored_at,
        total=card.total,
        outcome=card.outcome,
        counts=counts,
        by=kept.by or "",
        reason=kept.reason or "",
        source=kept.source,
        items=kept.items,
    )


class _Judged(msgspec.Struct, frozen=True):
    """What a line about a card needs of it."""

    rubric_digest: str
    total: Hundredths | None
    outcome: str
