"""What a reviewer should look at twice: the card's flags, the arrival's, and taps in bulk."""

import msgspec

from inspection.domain.scorecard import Scorecard
from inspection.domain.scoring_flags import code_of
from inspection.persistence import scored_visits
from inspection.persistence.reviews import ReviewedVisit
from inspection.services.review_results import ReviewFlag

BULK_SHARE = 50
"""Per cent of the scored items set by one tap from which the tap is worth a look."""


async def review_flags(found: ReviewedVisit, card: Scorecard) -> tuple[ReviewFlag, ...]:
    """Every flag once, with its facts where there are any."""
    facts = {code_of(step): step.facts for step in card.steps if step.code.startswith("flag.")}
    named = msgspec.json.decode(found.flags, type=tuple[str, ...])
    if bulk := await _bulk(found, card):
        facts["bulk_pass"] = bulk
    return tuple(
        ReviewFlag(code=code, facts=facts.get(code, {})) for code in dict.fromkeys((*named, *facts))
    )


async def _bulk(found: ReviewedVisit, card: Scorecard) -> dict[str, str]:
    body = await scored_visits.find_body(found.visit, found.attempt)
    scored = sum(1 for score in card.items if score.status == "scored")
    tapped = len(set(body.bulk_pass)) if body else 0
    if not tapped or tapped * 100 < BULK_SHARE * scored:
        return {}
    return {"count": str(tapped), "items": str(scored)}
