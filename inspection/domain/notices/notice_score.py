"""The figures of a notice: printed strings beside the exact hundredths they stand for."""

from collections.abc import Mapping
from typing import TypedDict

from inspection.domain.notices.notice import SectionRow
from inspection.domain.points import plain, total
from inspection.domain.refusals import Refusal
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.scorecard import Scorecard, SectionScore


class NotScored(Refusal):
    """The visit has no score that could be published."""

    code = "notice.not_scored"


class Figures(TypedDict):
    """The score panel's fields of a snapshot."""

    score: str
    full: str
    lost: str
    score_hundredths: int
    full_hundredths: int
    lost_hundredths: int
    raw: str
    outcome: str
    notes: tuple[str, ...]


def figures(scorecard: Scorecard, rubric: Rubric, words: Mapping[str, str]) -> Figures:
    """The published total with everything that explains it. Refuses a card without one."""
    if scorecard.total is None or scorecard.raw is None or scorecard.lost is None:
        raise NotScored
    return Figures(
        score=total(scorecard.total),
        full=plain(scorecard.full),
        lost=total(-scorecard.lost),
        score_hundredths=scorecard.total,
        full_hundredths=scorecard.full,
        lost_hundredths=scorecard.lost,
        raw=total(scorecard.raw),
        outcome=words[f"paper.outcome.{scorecard.outcome}"],
        notes=_notes(scorecard, rubric, words),
    )


def section_rows(
    scorecard: Scorecard, rubric: Rubric, language: str, words: Mapping[str, str]
) -> tuple[SectionRow, ...]:
    """The score table, one row per section in the order of the card."""
    scores = {score.section: score for score in scorecard.sections}
    return tuple(
        _row(section.title.of(language), scores[section.code], words)
        for section in rubric.sections
        if section.code in scores
    )


def _row(title: str, score: SectionScore, words: Mapping[str, str]) -> SectionRow:
    applies = score.earned is not None and score.lost is not None
    earned, lost = score.earned or 0, score.lost or 0
    return SectionRow(
        title=title,
        full=plain(score.full),
        score=total(earned) if applies else words["paper.none"],
        lost=total(-lost) if applies else words["paper.none"],
        full_hundredths=score.full,
        score_hundredths=score.earned,
        lost_hundredths=lost,
        rate_permille=earned * 1000 // score.full if applies and score.full else None,
    )


def _notes(scorecard: Scorecard, rubric: Rubric, words: Mapping[str, str]) -> tuple[str, ...]:
    earned = [score.earned for score in scorecard.sections]
    if None in earned:
        return (words["paper.score.section_off"],)
    # A whole card is scaled as one: its sections differ from the total by more than rounding.
    whole = rubric.na_method == "whole_card"
    if not whole and sum(points for points in earned if points is not None) != scorecard.raw:
        return (words["paper.score.rounded"],)
    # The points of the lines do not add up to what their sections lose.
    if any(_scaled(score, rubric) for score in scorecard.sections):
        return (words["paper.score.scaled"],)
    return ()


def _scaled(score: SectionScore, rubric: Rubric) -> bool:
    """Whether what the findings of a section cost was stretched over items that did not apply."""
    stretched = rubric.na_method in ("scale_section", "whole_card")
    return stretched and score.found > 0 and score.applicable < score.full
