"""A visit cut down to what may leave the house, and its losses in the words of a notice."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from inspection.domain.notices import notice_line
from inspection.domain.notices.notice_line import DraftLine
from inspection.domain.releases.released_text import ReleasedText
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.visits.published_visit import (
    PublishedFinding,
    PublishedPhoto,
    PublishedVisit,
    publish,
)
from inspection.persistence.releases import released_items
from inspection.persistence.scoring import scored_visits
from inspection.persistence.scoring.scored_visits import ScoredPhoto
from inspection.services.rubrics.rubrics import rubric_of
from inspection.wording import Language, catalogue

LANGUAGE = Language.ZH
"""Notices are issued in Chinese; their pages and words exist in English too."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What of a visit's circumstances decides how much may be told."""

    kind: str
    started_at: datetime
    disclose_day: bool


async def draft_lines(
    visit: str, digest: str, card: Scorecard, told: Told
) -> tuple[DraftLine, ...]:
    """One line per lost item, in the order of the card."""
    rubric = await rubric_of(digest)
    answers = await scored_visits.answers_of(visit)
    photos = await scored_visits.photos_of(visit)
    released = await released_items.released_of(visit)
    noted = await scored_visits.noted_in(visit)
    lost = tuple(score.item for score in card.items if score.lost)
    findings = tuple(
        _finding(
            item,
            worded(rubric, item, answers.get(item), noted),
            photos.get(item, ()),
            released.get(item),
        )
        for item in lost
    )
    return notice_line.lines(card, rubric, published(told, findings), LANGUAGE)


def published(told: Told, findings: tuple[PublishedFinding, ...] = ()) -> PublishedVisit:
    """The visit as the store may know it."""
    return publish(told.kind, told.started_at, findings, disclose_day=told.disclose_day)


def problem(
    rubric: Rubric,
    item: str,
    answer: Answer | None,
    language: Language,
    words: Mapping[str, str],
    *,
    noted: bool = True,
) -> str:
    """What was found about an item, in words; with the inspector's own only for the house."""
    known = rubric.item(item)
    if known is None or answer is None:
        return ""
    return notice_line.problem(known, answer, language, words, noted=noted)


def worded(rubric: Rubric, item: str, answer: Answer | None, noted: Mapping[str, str]) -> str:
    """What a store reads unless a reviewer words it: the rubric's own, with the note of whoever
    corrected the fact, but never with what the inspector noted.
    """
    own = answer is not None and item in noted and answer.note.strip() != noted[item]
    return problem(rubric, item, answer, LANGUAGE, catalogue(LANGUAGE), noted=own)


def _finding(
    item: str, usual: str, photos: tuple[ScoredPhoto, ...], released: ReleasedText | None
) -> PublishedFinding:
    """What a reviewer chose for the store; else the usual words and every cleaned photo."""
    shown = photos if released is None else [p for p in photos if p.sha256 in released.photos]
    return PublishedFinding(
        item=item,
        problem=released.problem or usual if released else usual,
        photos=tuple(
            PublishedPhoto(sha256=photo.print_sha256) for photo in shown if photo.print_sha256
        ),
    )
