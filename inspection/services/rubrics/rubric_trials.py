"""Trying a draft out: what the answers of a preview would score by it. Nothing is kept."""

from functools import partial

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.rubrics.rubric_document import Document, check_document
from inspection.domain.scoring import answer_checks
from inspection.domain.scoring.answers import Answer, Answers
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.scoring.scoring import score
from inspection.domain.scoring.scoring_explain import sentence
from inspection.services.rubrics.rubric_bodies import body_of
from inspection.services.rubrics.rubric_reach import reached
from inspection.wording import Language, say

_NO_EVIDENCE = frozenset(
    {
        "answer.record_missing",
        "answer.note_missing",
        "answer.photo_missing",
        "answer.photo_or_record_missing",
        "answer.na_without_reason",
        "answer.not_observed_without_reason",
        "answer.unanswered",
    }
)
"""What a visit is refused for and a try-out is not: it asks what findings cost, not for proof."""

_NOTHING_SAID = frozenset({"item.unanswered", "flag.unanswered"})


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """The card of the answers with its steps in words; no card while the draft has faults."""

    faults: int
    card: Scorecard | None = None
    steps: tuple[str, ...] = ()


async def try_out(
    actor: Actor,
    draft: str,
    document: Document,
    answers: tuple[Answer, ...],
    language: Language,
) -> Trial:
    """Score answers by a document as this draft, for a store that has every feature; an answer the
    document no longer knows is left out. Raises NotFound or BodyTooLarge.
    """
    await reached(actor, Action.RUBRIC_DRAFT_READ, draft)
    body_of(document)
    checked = check_document(document)
    rubric = checked.rubric
    if rubric is None:
        return Trial(faults=len(checked.faults))
    card = score(rubric, Answers(_fitting(rubric, answers)), rubric.features())
    spoken = partial(say, language)
    steps = tuple(
        sentence(step, rubric, language.value, spoken)
        for step in card.steps
        if step.code not in _NOTHING_SAID
    )
    return Trial(faults=0, card=card, steps=steps)


def _fitting(rubric: Rubric, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The answers that can be scored: a draft changes under what was answered by it."""
    faults = answer_checks.faults(rubric, Answers(answers), rubric.features())
    unfit = {fault.pointer.split("/")[2] for fault in faults if fault.code not in _NO_EVIDENCE}
    return tuple(answer for index, answer in enumerate(answers) if str(index) not in unfit)
