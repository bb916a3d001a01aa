"""Keeping a card: the rows a judgement on a visit leaves, however it came about."""

from datetime import datetime

import msgspec

from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import ItemScore, Scorecard
from inspection.persistence.visits import visits
from inspection.persistence.visits.visits import AnswerRow, ScorecardRow, SectionRow
from inspection.services.rubrics.rubrics import KnownRubric
from inspection.services.tools import Tools

_ENCODER = msgspec.json.Encoder()

FIRST_REVISION = 1


class JudgedCard(msgspec.Struct, frozen=True, kw_only=True):
    """The judgement on an attempt at a visit, with the answers it follows from. Revisions count
    the judgements on the same attempt.
    """

    visit: str
    attempt: int
    revision: int = FIRST_REVISION
    rubric: KnownRubric
    card: Scorecard
    answers: tuple[Answer, ...]


async def keep_card(tools: Tools, judged: JudgedCard, at: datetime) -> None:
    """Write the card and what lists and sums read of it. Belongs into the transaction that writes
    the visit; the rows of the judgement before must be gone.
    """
    await visits.add_answers(judged.visit, _answer_rows(judged))
    await visits.add_sections(judged.visit, _section_rows(judged.card))
    row = ScorecardRow(
        id=tools.new_id(),
        visit=judged.visit,
        attempt=judged.attempt,
        revision=judged.revision,
        inputs_digest=judged.card.inputs_digest,
        body=_text(judged.card),
        scored_at=at,
    )
    await visits.add_scorecard(row)


def _answer_rows(judged: JudgedCard) -> tuple[AnswerRow, ...]:
    """One row per item of the card, answered or switched off by the store's features."""
    answers = {answer.item: answer for answer in judged.answers}
    return tuple(_answer_row(score, answers.get(score.item), judged) for score in judged.card.items)


def _section_rows(card: Scorecard) -> tuple[SectionRow, ...]:
    """One row per section, in the order of the card."""
    return tuple(
        SectionRow(
            section=score.section,
            position=position,
            full=score.full,
            applicable=score.applicable,
            lost=score.lost or 0,
            score=score.earned,
        )
        for position, score in enumerate(card.sections)
    )


def _answer_row(score: ItemScore, answer: Answer | None, judged: JudgedCard) -> AnswerRow:
    scored = answer is not None and score.status == "scored"
    return AnswerRow(
        item=score.item,
        section=score.section,
        verdict=answer.verdict if answer is not None and scored else score.status,
        full=score.full,
        lost=score.lost,
        severity=judged.rubric.items[score.item].severity,
        body=_text(answer) if answer is not None else "{}",
    )


def _text(value: object) -> str:
    return _ENCODER.encode(value).decode()
