"""What a store will be told about a visit: chosen by its reviewer, item by item, before it goes
out.
"""

import hashlib
from collections.abc import Mapping

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.points import Hundredths
from inspection.domain.refusals import (
    MoveRefused,
    NotFound,
    ReviewOutdated,
    ReviewOwnVisit,
)
from inspection.domain.refusals.releases import TextsChanged
from inspection.domain.releases.released_text import ReleasedText, checked
from inspection.domain.rubrics.rubric import Text
from inspection.domain.visits.visit import VisitState
from inspection.persistence.engine import tx
from inspection.persistence.releases import released_items
from inspection.persistence.releases.released_items import ReleasedItemRow
from inspection.persistence.reviews import reviews
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.persistence.scoring import scored_visits
from inspection.services.changes import record
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.reach import check_granted
from inspection.services.reviews.review_results import LostItem
from inspection.services.reviews.review_sheet import Sheet, lost_items, sheet_of
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import worded

WORDED = frozenset({VisitState.SUBMITTED, VisitState.APPROVED})
"""States in which the words may still change; once released, the notice has its own."""


class PhotoChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of an item, and whether the store is to see it."""

    sha256: str
    ready: bool
    chosen: bool


class TextChoice(msgspec.Struct, frozen=True, kw_only=True):
    """An item with what its store will read: `problem` is the wording as it stands, `usual` the
    rubric's own, `note` the inspector's, which no store sees unless a reviewer takes it over.
    """

    item: str
    title: Text
    lost: Hundredths
    problem: str
    usual: str
    note: str
    photos: tuple[PhotoChoice, ...]


class ReleaseTexts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a store will be told about a visit; `seen` names this state of it."""

    visit: str
    attempt: int
    store: StoreLabel
    items: tuple[TextChoice, ...]
    seen: str
    can_edit: bool
    open: bool
    """Whether it is still to go out."""


class TextsWish(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer wants a store to be told, about which attempt, having seen what."""

    attempt: int
    seen: str
    texts: tuple[ReleasedText, ...]


async def release_texts(actor: Actor, visit: str) -> ReleaseTexts:
    """What its store will be told. Raises NotFound."""
    check_granted(actor, Action.VISIT_READ)
    found = await reviews.find_visit(visit)
    if found is None or not may(actor, Action.VISIT_READ, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    released = await released_items.released_of(visit)
    noted = await scored_visits.noted_in(visit)
    sheet = await sheet_of(found)
    names = await map_of([found.region_path])
    return ReleaseTexts(
        visit=visit,
        attempt=found.attempt,
        store=names.store(found.store_code, found.store_name, found.store_kind, found.region_path),
        open=found.state in WORDED,
        items=tuple(
            _choice(sheet, lost, released.get(lost.item), noted) for lost in lost_items(sheet)
        ),
        seen=_digest(released),
        can_edit=_can_edit(actor, found),
    )


async def keep_texts(tools: Tools, actor: Actor, visit: str, wish: TextsWish) -> None:
    """Keep the words and the photos a store is to see. Raises NotFound, ReviewOwnVisit,
    ReviewOutdated, TextsChanged, TextsRefused, and MoveRefused once the visit is out.
    """
    async with tx():
        found = await _held(actor, visit)
        if wish.attempt != found.attempt:
            raise ReviewOutdated(shown=wish.attempt, current=found.attempt)
        before = await released_items.released_of(visit)
        if wish.seen != _digest(before):
            raise TextsChanged
        noted = await scored_visits.noted_in(visit)
        sheet = await sheet_of(found)
        choices = {lost.item: _choice(sheet, lost, None, noted) for lost in lost_items(sheet)}
        changed = _changed(choices, before, wish.texts)
        for text in changed:
            await released_items.keep_released(_row(tools, actor, found, text))
        if changed:
            told = {text.item: _told(before.get(text.item), text) for text in changed}
            body = {"attempt": found.attempt, "changes": told}
            await record(tools, actor, "visit.word", ("visit", visit), body)


def _changed(
    choices: dict[str, TextChoice],
    before: dict[str, ReleasedText],
    texts: tuple[ReleasedText, ...],
) -> tuple[ReleasedText, ...]:
    """The texts that say something else than what goes out already."""
    kept = checked(texts, {item: _ready(choice) for item, choice in choices.items()})
    return tuple(
        text for text in kept if text != before.get(text.item, _as_usual(choices[text.item]))
    )


async def _held(actor: Actor, visit: str) -> ReviewedVisit:
    check_granted(actor, Action.VISIT_REVIEW)
    found = await reviews.lock_visit(visit)
    if found is None or not may(actor, Action.VISIT_REVIEW, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    if actor.account == found.inspector:
        raise ReviewOwnVisit
    if found.state not in WORDED:
        raise MoveRefused(noun="visit", state=found.state.value, move="word")
    return found


def _can_edit(actor: Actor, found: ReviewedVisit) -> bool:
    allowed = may(actor, Action.VISIT_REVIEW, Place(region_path=found.region_path))
    return allowed and found.state in WORDED and actor.account != found.inspector


def _choice(
    sheet: Sheet, lost: LostItem, released: ReleasedText | None, noted: Mapping[str, str]
) -> TextChoice:
    answer = sheet.answers.get(lost.item)
    usual = worded(sheet.rubric, lost.item, answer, noted)
    return TextChoice(
        item=lost.item,
        title=lost.title,
        lost=lost.lost,
        problem=released.problem or usual if released else usual,
        usual=usual,
        note=noted.get(lost.item, lost.note.strip()),
        photos=tuple(
            PhotoChoice(
                sha256=photo.sha256,
                ready=photo.ready,
                chosen=photo.ready and (released is None or photo.sha256 in released.photos),
            )
            for photo in lost.photos
        ),
    )


def _ready(choice: TextChoice) -> frozenset[str]:
    return frozenset(photo.sha256 for photo in choice.photos if photo.ready)


def _as_usual(choice: TextChoice) -> ReleasedText:
    """What goes out when no reviewer says anything."""
    return ReleasedText(
        item=choice.item,
        problem=choice.usual,
        photos=tuple(photo.sha256 for photo in choice.photos if photo.ready),
    )


def _row(tools: Tools, actor: Actor, found: ReviewedVisit, text: ReleasedText) -> ReleasedItemRow:
    return ReleasedItemRow(
        id=tools.new_id(),
        visit=found.visit,
        attempt=found.attempt,
        item=text.item,
        problem=text.problem,
        photos=msgspec.json.encode(text.photos).decode(),
        written_by=actor.account,
        written_at=tools.now(),
    )


def _digest(released: dict[str, ReleasedText]) -> str:
    kept = [released[item] for item in sorted(released)]
    return hashlib.sha256(msgspec.json.encode(kept)).hexdigest()


def _told(before: ReleasedText | None, after: ReleasedText) -> list[object]:
    old = f"{before.problem} ({len(before.photos)})" if before else None
    return [old, f"{after.problem} ({len(after.photos)})"]
