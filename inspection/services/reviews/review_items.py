"""The items of a visit on the reviewer's screens: marks, corrections, questions, one of them alone
with all its evidence.
"""

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import NotFound, Refusal
from inspection.domain.reviews.review_mark import UNMARKED, Mark
from inspection.domain.rubrics.rubric import Item, Rubric, Text
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import ItemScore
from inspection.persistence.reviews import corrections, review_marks, review_photos, reviews
from inspection.persistence.reviews.corrections import KeptCorrection
from inspection.persistence.reviews.review_marks import KeptMark
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.persistence.scoring import scored_visits
from inspection.services.people.places import RoundLabel, map_of
from inspection.services.reach import check_granted
from inspection.services.reviews.review_holding import checked
from inspection.services.reviews.review_item_lines import (
    AskedItem,
    CorrectionLine,
    ItemsReviewed,
    OtherItem,
)
from inspection.services.reviews.review_item_results import EarlierPhoto, ItemForReview
from inspection.services.reviews.review_sheet import Sheet, item_of, photos_shown, sheet_of
from inspection.services.visits.published_visits import problem
from inspection.wording import Language, catalogue

EARLIER_PHOTOS = 4


async def items_reviewed(sheet: Sheet) -> ItemsReviewed:
    """Read what was said of the items."""
    found = sheet.visit
    marks = await review_marks.marks_of(found.visit)
    lost = {score.item for score in sheet.card.items if score.lost}
    return ItemsReviewed(
        revision=await scored_visits.latest_revision(found.visit, found.attempt),
        marks={mark.item: mark for mark in marks if mark.attempt == found.attempt},
        corrections=await corrections_shown(found, sheet.rubric),
        asked=tuple(
            _asked(sheet, mark)
            for mark in marks
            if mark.attempt < found.attempt and mark.mark is Mark.ASK
        ),
        beside=tuple(
            _asked(sheet, mark)
            for mark in marks
            if mark.attempt == found.attempt and mark.mark is Mark.ASK and mark.item not in lost
        ),
        others=tuple(_others(sheet)),
    )


async def item_for_review(actor: Actor, visit: str, item: str) -> ItemForReview:
    """One item with its evidence. Raises NotFound."""
    check_granted(actor, Action.VISIT_READ)
    found = await reviews.find_visit(visit)
    if found is None or not may(actor, Action.VISIT_READ, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    sheet = await sheet_of(found)
    score = next((score for score in sheet.card.items if score.item == item), None)
    if score is None or item not in sheet.answers or sheet.rubric.item(item) is None:
        raise NotFound(noun="item")
    return await _item(actor, sheet, score)


async def _item(actor: Actor, sheet: Sheet, score: ItemScore) -> ItemForReview:
    found, item = sheet.visit, score.item
    lines = await corrections_shown(found, sheet.rubric)
    names = await map_of([found.region_path])
    before, after = _beside(sheet, item)
    return ItemForReview(
        visit=found.visit,
        attempt=found.attempt,
        state=found.state.value,
        store=names.store(found.store_code, found.store_name, found.store_kind, found.region_path),
        item=item_of(sheet, item),
        answer=sheet.answers[item],
        score=score,
        problem=_worded(sheet.rubric, sheet.answers[item]),
        revision=await scored_visits.latest_revision(found.visit, found.attempt),
        photos=photos_shown(sheet, item),
        earlier=await _earlier(found, item),
        mark=await review_marks.find_mark(found.visit, found.attempt, item) or UNMARKED,
        corrections=tuple(line for line in lines if line.item == item),
        before=before,
        after=after,
        can_change=_can_change(actor, found),
    )


def _beside(sheet: Sheet, item: str) -> tuple[str | None, str | None]:
    """The items that lost points before and after one, in the order of the card."""
    lost = [each.item for each in sheet.card.items if each.lost or each.item == item]
    place = lost.index(item)
    return lost[place - 1] if place else None, lost[place + 1] if place + 1 < len(lost) else None


async def corrections_shown(found: ReviewedVisit, rubric: Rubric) -> tuple[CorrectionLine, ...]:
    """Every correction of the visit in words, latest first."""
    kept = await corrections.corrections_of(found.visit)
    last = {(each.attempt, each.item): each.revision for each in kept}
    return tuple(
        _line(rubric, each, latest=_in_force(each, found, last)) for each in reversed(kept)
    )


def _in_force(each: KeptCorrection, found: ReviewedVisit, last: dict[tuple[int, str], int]) -> bool:
    return each.attempt == found.attempt and last[each.attempt, each.item] == each.revision


def _line(rubric: Rubric, kept: KeptCorrection, *, latest: bool) -> CorrectionLine:
    old = msgspec.json.decode(kept.old_answer, type=Answer)
    new = msgspec.json.decode(kept.new_answer, type=Answer)
    return CorrectionLine(
        item=kept.item,
        title=_title(rubric, kept.item),
        attempt=kept.attempt,
        revision=kept.revision,
        old=_worded(rubric, old),
        new=_worded(rubric, new),
        old_lost=kept.old_lost,
        new_lost=kept.new_lost,
        reason=kept.reason,
        source=kept.source,
        by=kept.by,
        at=kept.corrected_at,
        latest=latest,
    )


def _worded(rubric: Rubric, answer: Answer) -> Text:
    """A finding in words: the problem, or the verdict that is none."""
    return Text(_said(rubric, answer, Language.ZH), _said(rubric, answer, Language.EN))


def _said(rubric: Rubric, answer: Answer, language: Language) -> str:
    words = catalogue(language)
    if answer.verdict == "loss":
        return problem(rubric, answer.item, answer, language, words)
    verdict = words[f"verdict.{answer.verdict}"]
    return f"{verdict} {answer.measured or answer.reason}".strip()


def _asked(sheet: Sheet, mark: KeptMark) -> AskedItem:
    answer = sheet.answers.get(mark.item)
    return AskedItem(
        attempt=mark.attempt,
        item=mark.item,
        title=_title(sheet.rubric, mark.item),
        question=mark.question,
        now=_worded(sheet.rubric, answer) if answer else Text("", ""),
    )


def _others(sheet: Sheet) -> list[OtherItem]:
    return [
        OtherItem(
            item=score.item,
            section=score.section,
            title=_title(sheet.rubric, score.item),
            status=score.status,
            full=score.full,
        )
        for score in sheet.card.items
        if not score.lost and score.item in sheet.answers and score.status != "switched_off"
    ]


async def _earlier(found: ReviewedVisit, item: str) -> tuple[EarlierPhoto, ...]:
    rows = await review_photos.earlier_photos(found, item, EARLIER_PHOTOS)
    return tuple(
        EarlierPhoto(
            visit=row.visit,
            round=RoundLabel(
                code=row.round_code,
                name=Text(row.round_zh, row.round_en),
                visit_kind=row.visit_kind,
                state=row.round_state,
            ),
            sha256=row.sha256,
            taken_at=row.taken_at,
        )
        for row in rows
    )


def _can_change(actor: Actor, found: ReviewedVisit) -> bool:
    try:
        checked(actor, found, found.attempt)
    except Refusal:
        return False
    return True


def _title(rubric: Rubric, item: str) -> Text:
    known: Item | None = rubric.item(item)
    return known.title if known else Text(item, item)
