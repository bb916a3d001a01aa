"""Trying a draft of a rubric out: answers in, the score they would get; nothing is kept."""

from typing import Any

import msgspec
from litestar import post
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.rubrics.rubric_document import LARGEST_DOCUMENT
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import Outcome, Scorecard, SectionScore
from inspection.services.rubrics.rubric_trials import try_out
from inspection.web.decoding import json_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.session import WebRequest, actor_of


class RubricTrialIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document and what was answered by it."""

    document: dict[str, Any]
    answers: tuple[Answer, ...]


class TrialCardOut(msgspec.Struct, frozen=True, kw_only=True):
    """The card in hundredths, and how many of its items were answered."""

    total: int | None
    lost: int | None
    outcome: Outcome
    answered: int
    items: int
    sections: tuple[SectionScore, ...]


class RubricTrialOut(msgspec.Struct, frozen=True, kw_only=True):
    """The score and how it came about; no card while the document has faults."""

    faults: int
    card: TrialCardOut | None
    steps: tuple[str, ...]


@post(
    "/api/rubric-drafts/{id:str}/trials",
    opt=needs(Action.RUBRIC_DRAFT_READ, reads=RubricTrialIn),
    status_code=200,
)
async def try_draft(request: WebRequest, id: FromPath[str]) -> RubricTrialOut:
    """What answers would score by a document as this draft."""
    sent = await json_of(request, RubricTrialIn, limit=2 * LARGEST_DOCUMENT)
    trial = await try_out(actor_of(request), id, sent.document, sent.answers, language_of(request))
    card = _card(trial.card) if trial.card else None
    return RubricTrialOut(faults=trial.faults, card=card, steps=trial.steps)


def _card(card: Scorecard) -> TrialCardOut:
    return TrialCardOut(
        total=card.total,
        lost=card.lost,
        outcome=card.outcome,
        answered=sum(item.status != "unanswered" for item in card.items),
        items=len(card.items),
        sections=card.sections,
    )


ROUTES = [try_draft]
