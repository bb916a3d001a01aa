"""What tests of corrections do over and over: an edit, made as a service makes it."""

from typing import Any

from inspection.domain.reviews.correction import CorrectionSource, ItemCorrection
from inspection.domain.scoring.answers import Answer
from inspection.persistence.engine import tx
from inspection.persistence.reviews import reviews
from inspection.services.reviews.corrections import Corrected, correct, record_correction
from inspection.services.tools import Tools
from tests.cast import SUN, Person

WHY = "照片显示只有一处"


def edit(item: str, verdict: str = "pass", reason: str = WHY, **answer: Any) -> ItemCorrection:
    """What an item ought to read."""
    found = Answer(item=item, verdict=verdict, **answer)  # type: ignore[arg-type]
    return ItemCorrection(answer=found, reason=reason)


async def corrected(
    tools: Tools,
    visit: str,
    *edits: ItemCorrection,
    by: Person = SUN,
    source: CorrectionSource = CorrectionSource.REVIEW,
) -> Corrected:
    """Correct a visit in a transaction of its own."""
    async with tx():
        row = await reviews.lock_visit(visit)
        assert row is not None
        done = await correct(tools, by.actor, row, edits, source)
        await record_correction(tools, by.actor, done)
    return done
