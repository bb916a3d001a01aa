"""Rounds long past: scored and published like any other, many visits to a transaction, without
notices, and with photos only where visitors say that they come. This is what makes a province of
thousands of stores affordable.
"""

from datetime import timedelta
from random import Random

import msgspec

from inspection.cli.demo import pictures
from inspection.cli.demo.chance import StoryClock
from inspection.cli.demo.pictures import DemoPhoto
from inspection.cli.demo.story import Cast, Errand, Memory
from inspection.cli.demo.submission import body_of
from inspection.cli.demo.words import notes
from inspection.domain.reviews.review import Decision
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.scoring.answers import Answers
from inspection.domain.visits.visit import VisitState, content_hash
from inspection.persistence.engine import tx
from inspection.persistence.releases import releases
from inspection.persistence.reviews import reviews
from inspection.persistence.reviews.reviews import ReviewRow
from inspection.persistence.rounds import assignments
from inspection.persistence.visits import visits
from inspection.services.rankings.standings import refresh_standing
from inspection.services.tools import Tools
from inspection.services.visit_admission import Arrival
from inspection.services.visits.visit_keeping import write
from inspection.services.visits.visits import judge

TOGETHER = 100
REVIEWED_AFTER = timedelta(days=1)


class Archivist:
    """Writes errands of a finished round."""

    def __init__(self, tools: Tools, clock: StoryClock, random: Random, memory: Memory) -> None:
        self._tools, self._clock, self._random, self._memory = tools, clock, random, memory
        self._taken: dict[str, DemoPhoto] = {}

    async def write(self, errands: list[tuple[Errand, Cast]]) -> None:
        """Write up to `TOGETHER` errands as one transaction."""
        for errand, _ in errands:
            if errand.photographed:
                await self._take(errand)
        async with tx():
            for errand, cast in errands:
                await self._write(errand, cast)

    async def _write(self, errand: Errand, cast: Cast) -> None:
        trip = errand.trip
        self._clock.at = trip.started_at + timedelta(minutes=90)
        answers = self._memory.answers(errand)
        body = body_of(self._random, trip, answers, self._photos(answers))
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

    async def _take(self, errand: Errand) -> None:
        """One picture of each thing that can be wrong: who says that they come must show it."""
        for item in errand.rubric.items():
            if item.evidence == "photo" and item.code not in self._taken:
                taken = pictures.take(self._random, notes().picture(item.code))
                at = errand.trip.started_at
                await pictures.keep(self._tools, taken, errand.inspector.account, at)
                self._taken[item.code] = taken.photo

    def _photos(self, answers: Answers) -> dict[str, DemoPhoto]:
        lost = (answer.item for answer in answers.items if answer.verdict == "loss")
        return {item: self._taken[item] for item in lost if item in self._taken}

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
        await reviews.settle_visit(trip.visit, VisitState.APPROVED, cast.reviewer.account, at)
        await releases.publish_visit(trip.visit, at)
        await assignments.move_assignment(
            trip.assignment, AssignmentState.SUBMITTED, AssignmentState.DONE
        )
