"""Another judgement on an attempt that is here already: the card's next revision, and what counts
of it.
"""

from datetime import datetime

import msgspec

from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence.rescores import rescore_visits
from inspection.persistence.rescores.rescore_visits import VisitScore
from inspection.persistence.statements import together
from inspection.persistence.visits import visits
from inspection.services.rescores.rescore_judging import Judgement
from inspection.services.rubrics.rubrics import KnownRubric
from inspection.services.tools import Tools
from inspection.services.visits.card_keeping import JudgedCard, keep_card


async def write_revision(
    tools: Tools, rubric: KnownRubric, judgement: Judgement, card: Scorecard, at: datetime
) -> None:
    """Let the new card count. Belongs into the transaction that holds the visit."""
    row = judgement.row
    await visits.clear_findings(row.visit)
    async with together():
        await rescore_visits.write_score(row.visit, _score(judgement, card))
        await keep_card(
            tools,
            JudgedCard(
                visit=row.visit,
                attempt=row.attempt,
                revision=row.revision + 1,
                rubric=rubric,
                card=card,
                answers=judgement.new.answers.items,
            ),
            at,
        )


def _score(judgement: Judgement, card: Scorecard) -> VisitScore:
    raised = msgspec.json.decode(judgement.row.flags, type=tuple[str, ...])
    # What was raised beside the card, by times and photos, stands.
    others = tuple(flag for flag in raised if flag not in judgement.old.flags)
    return VisitScore(
        rubric_version=card.rubric_digest,
        total=card.total,
        ordering=None if card.ordering == card.total else card.ordering,
        lost=card.lost or 0,
        outcome=card.outcome,
        band=card.band or "",
        rankable=card.rankable,
        flags=msgspec.json.encode((*card.flags, *others)).decode(),
    )
