"""The card of a visit line by line: what was lost and why, what was set aside, what came before."""

from datetime import datetime

import msgspec

from inspection.domain.refusals import CardUnpublishable, NotFound
from inspection.domain.rubrics.rubric import Item, Rubric, Text
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import ItemScore, Scorecard
from inspection.domain.visits.visit_flags import corrected
from inspection.persistence.reviews import reviews
from inspection.persistence.reviews.reviews import EarlierRow, ReviewedVisit
from inspection.persistence.scoring import scored_visits
from inspection.persistence.scoring.scored_visits import ScoredPhoto
from inspection.services.people.places import RoundLabel, RubricLabel
from inspection.services.reviews.review_results import (
    EarlierFinding,
    EvidencePhoto,
    LostItem,
    SectionLine,
    SetAside,
)
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.visits.published_visits import problem
from inspection.wording import Language, catalogue

EARLIER_ROUNDS = 2

_ASIDE = frozenset({"na", "not_observed", "switched_off"})


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The visit's card with everything its lines are made of."""

    visit: ReviewedVisit
    rubric: Rubric
    card: Scorecard
    answers: dict[str, Answer]
    photos: dict[str, tuple[ScoredPhoto, ...]]
    earlier: tuple[EarlierRow, ...]


async def sheet_of(found: ReviewedVisit) -> Sheet:
    """Read the card and what belongs to it. Raises NotFound for a visit without one."""
    card = await scored_visits.find_card(found.visit, found.attempt)
    if card is None:
        raise NotFound(noun="visit")
    return Sheet(
        visit=found,
        rubric=await rubric_of(found.rubric_version),
        card=card,
        answers=await scored_visits.answers_of(found.visit),
        photos=await scored_visits.photos_of(found.visit),
        earlier=await reviews.earlier_losses(found, EARLIER_ROUNDS),
    )


def round_label(row: ReviewedVisit | EarlierRow) -> RoundLabel:
    """The round of a visit."""
    return RoundLabel(
        code=row.round_code,
        name=Text(row.round_zh, row.round_en),
        visit_kind=row.visit_kind,
        state=row.round_state,
    )


def rubric_label(sheet: Sheet) -> RubricLabel:
    """The rules it was scored by."""
    return RubricLabel(
        digest=sheet.visit.rubric_version,
        code=sheet.rubric.code,
        number=sheet.visit.rubric_number,
        edition=sheet.rubric.edition,
        title=sheet.rubric.title,
    )


def section_lines(sheet: Sheet) -> tuple[SectionLine, ...]:
    """The score table."""
    scores = {score.section: score for score in sheet.card.sections}
    return tuple(
        SectionLine(
            section=section.code,
            title=section.title,
            short=section.short,
            full=section.full,
            score=scores[section.code].earned,
            lost=scores[section.code].lost,
        )
        for section in sheet.rubric.sections
        if section.code in scores
    )


def lost_items(sheet: Sheet) -> tuple[LostItem, ...]:
    """Every item that cost points, in the order of the card."""
    return tuple(_lost(sheet, score) for score in sheet.card.items if score.lost)


def set_aside(sheet: Sheet) -> tuple[SetAside, ...]:
    """Every item left out of the score."""
    return tuple(_aside(sheet, score) for score in sheet.card.items if score.status in _ASIDE)


def passed(sheet: Sheet) -> int:
    """How many items lost nothing."""
    return sum(1 for score in sheet.card.items if score.status == "scored" and not score.lost)


def photos_shown(sheet: Sheet, item: str) -> tuple[EvidencePhoto, ...]:
    """The photos of an item, each marked-up copy right after its original."""
    return tuple(_evidence(photo) for photo in _paired(sheet.photos.get(item, ())))


def earlier_findings(sheet: Sheet) -> tuple[EarlierFinding, ...]:
    """What the store lost in earlier rounds."""
    return tuple(_earlier(sheet, row) for row in sheet.earlier)


def _lost(sheet: Sheet, score: ItemScore) -> LostItem:
    item, answer = item_of(sheet, score.item), sheet.answers.get(score.item)
    last_round = sheet.earlier[0].round_code if sheet.earlier else ""
    return LostItem(
        item=item.code,
        section=score.section,
        title=item.title,
        standard=item.standard,
        severity=item.severity,
        full=score.full,
        lost=score.lost,
        problem=Text(
            problem(sheet.rubric, item.code, answer, Language.ZH, catalogue(Language.ZH)),
            problem(sheet.rubric, item.code, answer, Language.EN, catalogue(Language.EN)),
        ),
        note=answer.note if answer else "",
        reason=answer.reason if answer else "",
        requirement=item.rectification,
        hours=item.hours,
        corrected_on_spot=answer.corrected_on_spot if answer else False,
        observed_at=_observed(sheet, answer),
        repeated=any(
            row.item == item.code and row.round_code == last_round for row in sheet.earlier
        ),
        photos=photos_shown(sheet, item.code),
    )


def _aside(sheet: Sheet, score: ItemScore) -> SetAside:
    answer = sheet.answers.get(score.item)
    return SetAside(
        item=score.item,
        title=item_of(sheet, score.item).title,
        verdict=score.status,
        full=score.full,
        reason=answer.reason if answer else "",
        observed_at=_observed(sheet, answer),
    )


def _observed(sheet: Sheet, answer: Answer | None) -> datetime | None:
    """When it was seen, by the server's clock."""
    if answer is None or answer.observed_at is None:
        return None
    return corrected(answer.observed_at, sheet.visit.clock_offset_ms)


def _paired(photos: tuple[ScoredPhoto, ...]) -> list[ScoredPhoto]:
    """The photos in their order, but each marked-up copy right after its original."""
    order = {photo.sha256: place for place, photo in enumerate(photos)}

    def place(photo: ScoredPhoto) -> tuple[int, int]:
        own = order[photo.sha256]
        return order.get(photo.marked_from or "", own), own if photo.marked_from else -1

    return sorted(photos, key=place)


def _evidence(photo: ScoredPhoto) -> EvidencePhoto:
    return EvidencePhoto(
        sha256=photo.sha256,
        position=photo.position,
        origin=photo.origin,
        taken_at=photo.taken_at,
        marked=photo.marked_from is not None,
        ready=photo.print_sha256 is not None,
    )


def _earlier(sheet: Sheet, row: EarlierRow) -> EarlierFinding:
    known = sheet.rubric.item(row.item)
    # An older rubric version may have had items this one dropped: their code must do.
    title = known.title if known else Text(row.item, row.item)
    return EarlierFinding(round=round_label(row), item=row.item, title=title, lost=row.lost)


def item_of(sheet: Sheet, code: str) -> Item:
    """The rule of an item. Raises CardUnpublishable for one the rubric does not have."""
    known = sheet.rubric.item(code)
    if known is None:
        raise CardUnpublishable
    return known
