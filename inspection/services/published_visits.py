"""A visit cut down to what may leave the house, and its losses in the words of a notice."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from inspection.domain import notice_line
from inspection.domain.answers import Answer
from inspection.domain.notice_line import DraftLine
from inspection.domain.published_visit import (
    PublishedFinding,
    PublishedPhoto,
    PublishedVisit,
    publish,
)
from inspection.domain.rubric import Rubric
from inspection.domain.scorecard import Scorecard
from inspection.persistence import scored_visits
from inspection.persistence.scored_visits import ScoredPhoto
from inspection.services.rubrics import rubric_of
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
    lost = tuple(score.item for score in card.items if score.lost)
    findings = tuple(
        _finding(rubric, item, answers.get(item), photos.get(item, ())) for item in lost
    )
    return notice_line.lines(card, rubric, published(told, findings), LANGUAGE)


def published(told: Told, findings: tuple[PublishedFinding, ...] = ()) -> PublishedVisit:
    """The visit as the store may know it."""
    return publish(told.kind, told.started_at, findings, disclose_day=told.disclose_day)


def problem(
    rubric: Rubric, item: str, answer: Answer | None, language: Language, words: Mapping[str, str]
) -> str:
    """What was found about an item, in words."""
    known = rubric.item(item)
    if known is None or answer is None:
        return ""
    return notice_line.problem(known, answer, language, words)


def _finding(
    rubric: Rubric, item: str, answer: Answer | None, photos: tuple[ScoredPhoto, ...]
) -> PublishedFinding:
    return PublishedFinding(
        item=item,
        problem=problem(rubric, item, answer, LANGUAGE, catalogue(LANGUAGE)),
        photos=tuple(
            PublishedPhoto(sha256=photo.print_sha256) for photo in photos if photo.print_sha256
        ),
    )
