"""Approved visits on their way out: released at once, whatever day it is."""

from datetime import timedelta

import msgspec

from inspection.domain.releases.release import BatchKind
from inspection.domain.reviews.review import Decision
from inspection.persistence.engine import tx
from inspection.persistence.notices import notices
from inspection.persistence.releases import releases
from inspection.persistence.releases.releases import BatchRow
from inspection.persistence.statements import run
from inspection.services.releases.releases import release_visit
from inspection.services.reviews.review_results import ReviewOutcome
from inspection.services.reviews.reviews import review_visit
from inspection.services.tools import Tools
from tests.cast import SUN, Person


async def approve_and_release(
    tools: Tools, visit: str, by: Person = SUN, attempt: int = 1
) -> ReviewOutcome:
    """Approve a visit and let it go out in a batch of its own; what it is then."""
    outcome = await review_visit(tools, by.actor, visit, attempt, Decision.APPROVE)
    await release(tools, visit)
    (row,) = await run("SELECT state FROM visit WHERE id = ?", visit)
    return msgspec.structs.replace(
        outcome, state=row["state"], notice=await notices.notice_of_visit(visit)
    )


async def release(tools: Tools, visit: str) -> bool:
    """Let an approved visit go out now; False when it had gone already."""
    return await release_visit(tools, await a_batch(tools, visit), visit, None)


async def a_batch(tools: Tools, visit: str) -> BatchRow:
    """A batch that takes whatever is approved in the visit's round."""
    (row,) = await run("SELECT round FROM visit WHERE id = ?", visit)
    batch = BatchRow(
        id=tools.new_id(),
        round=str(row["round"]),
        key=tools.random_id(),
        kind=BatchKind.EARLY,
        region_path="",
        approved_until=tools.now(),
        visited_before=tools.now() + timedelta(days=400),
        reason="测试",
        made_by=None,
        made_at=tools.now(),
    )
    async with tx():
        await releases.add_batch(batch)
    return batch
