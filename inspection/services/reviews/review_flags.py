"""What a reviewer should look at twice: the card's flags, the arrival's, and taps in bulk."""

from collections.abc import Iterable

import msgspec

from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.scoring.scoring_flags import code_of
from inspection.domain.visits.visit import VisitBody
from inspection.domain.visits.visit_hints import Hint
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.services.reviews.review_results import ReviewFlag

BULK_SHARE = 50
"""Per cent of the scored items set by one tap from which the tap is worth a look."""


def review_flags(
    found: ReviewedVisit, card: Scorecard, body: VisitBody | None, hints: Iterable[Hint] = ()
) -> tuple[ReviewFlag, ...]:
    """Every flag once, with its facts where there are any: those raised when the visit came in,
    and what else can be told by now.
    """
    facts = {code_of(step): step.facts for step in card.steps if step.code.startswith("flag.")}
    named = msgspec.json.decode(found.flags, type=tuple[str, ...])
    facts |= {hint.code: hint.facts for hint in hints}
    if bulk := _bulk(card, body):
        facts["bulk_pass"] = bulk
    return tuple(
        ReviewFlag(code=code, facts=facts.get(code, {})) for code in dict.fromkeys((*named, *facts))
    )


def _bulk(card: Scorecard, body: VisitBody | None) -> dict[str, str]:
    scored = sum(1 for score in card.items if score.status == "scored")
    tapped = len(set(body.bulk_pass)) if body else 0
    if not tapped or tapped * 100 < BULK_SHARE * scored:
        return {}
    return {"count": str(tapped), "items": str(scored)}
