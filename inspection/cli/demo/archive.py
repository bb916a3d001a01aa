"""Rounds long past: scored and published like any other, many visits to a transaction, without
photos and without notices. This is what makes a province of thousands of stores affordable.
"""

from datetime import timedelta
from random import Random

import msgspec

from inspection.cli.demo.chance import StoryClock
from inspection.cli.demo.story import Cast, Errand, Memory
from inspection.cli.demo.submission import body_of
from inspection.domain.assignment import AssignmentState
from inspection.domain.review import Decision
from inspection.domain.visit import VisitState, content_hash
from inspection.persistence import assignments, reviews, visits
from inspection.persistence.engine import tx
from inspection.persistence.reviews import ReviewRow
from inspection.services.standings import refresh_standing
from inspection.services.tools import Tools
from inspection.services.visit_admission import Arrival
from inspection.services.visit_keeping import write
from inspection.services.visits import judge

TOGETHER = 100
REVIEWED_AFTER = timedelta(days=1)


class Archivist:
    """Writes errands of a finished round."""

    def __init__(self, tools: Tools, clock: StoryClock, random: Random, memory: Memory) -> None:
        self._tools, self._clock, self._random, self._memory = tools, clock, random, memory

    async def write(self, errands: list[tuple[Errand, Cast]]) -> None:
        """Write up to `TOGETHER` errands as one transaction."""
        async with tx():
            for errand, cast in errands:
                await self._write(errand, cast)

    async def _write(self, errand: Errand, cast: Cast) -> None:
        trip = errand.trip
        self._clock.at = trip.started_at + timedelta(minutes=90)
        body = body_of(self._random, trip, self._memory.answers(errand), {})
        content = msgspec.json.encode(body)
        arrival = Arrival(
            actor=errand.inspector,
            visit=trip.visit,
            attempt=1,
            content=content,
            content_hash=content_hash(content),
            at=self._clock.at,
        )
        known = await visits.situation(trip.visit, 1, trip.assignment)
        accepted = await judge(known, arrival, body)
        await write(self._tools, accepted)
        await self._publish(errand, cast)
        await refresh_standing(accepted.assignment.round, accepted.assignment.store, self._clock.at)

    async def _publish(self, errand: Errand, cast: Cast) -> None:
        trip, at = errand.trip, self._clock.at + REVIEWED_AFTER
        review = ReviewRow(
            id=self._tools.new_id(),
            visit=trip.visit,
            attempt=1,
            reviewer=cast.reviewer.account,
            decision=Decision.APPROVE,
            reason="",
            decided_at=at,
        )
        await reviews.add_review(review)
        await reviews.settle_visit(trip.visit, VisitState.PUBLISHED, cast.reviewer.account, at)
        await assignments.move_assignment(
            trip.assignment, AssignmentState.SUBMITTED, AssignmentState.DONE
        )
