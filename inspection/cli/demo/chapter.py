"""One round of the demo's story: who is sent where, what becomes of it, and when."""

from collections.abc import Callable
from datetime import datetime, time
from random import Random

import msgspec

from inspection.cli.demo.archive import TOGETHER, Archivist
from inspection.cli.demo.calendar import (
    DemoRound,
    recent_time,
    release_times,
    released_time,
    visit_time,
)
from inspection.cli.demo.chance import SeededIds, StoryClock
from inspection.cli.demo.demo_plan import KINDER
from inspection.cli.demo.people import INSPECTORS
from inspection.cli.demo.settling import Settled
from inspection.cli.demo.stores import CAPITAL, DemoStore
from inspection.cli.demo.story import Cast, Errand, Memory, Storyteller
from inspection.cli.demo.submission import Trip
from inspection.cli.demo.words import names
from inspection.domain.access import Actor
from inspection.domain.deadline import SHANGHAI
from inspection.persistence.engine import tx
from inspection.persistence.rounds import plans
from inspection.persistence.rounds.plans import AssignmentEntry, RoundEntry, RoundRubricEntry
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

OWN_CLUBS, OWN_HALLS = 3, 3
MISSED = 0.05
PHOTOGRAPHED = 0.4
OPEN_ENDINGS = (("acknowledged", 32), ("signed", 8), ("approved", 8), ("submitted", 9), ("", 43))
OWN_ENDINGS = ("signed", "", "", "returned", "", "")
"""The first inspector's stores in the open round: the showcase, one returned, four to do."""


HOURS_AGO = {
    "approved": (26, 50),
    "submitted": (3, 22),
    "returned": (24, 40),
}
"""How long ago a visit of the open round was made, by how far it got since. What got further has
been released, which takes until its week is over.
"""


class Chapter:
    """One round of the province's story."""

    def __init__(  # noqa: PLR0913 - everything a round is told with
        self,
        tools: Tools,
        clock: StoryClock,
        ids: SeededIds,
        random: Random,
        memory: Memory,
        now: datetime,
        settled: Settled,
        step: Callable[[int], None],
    ) -> None:
        self._tools, self._clock, self._ids, self._random = tools, clock, ids, random
        self._memory = memory
        self._now, self._settled, self._step = now, settled, step

    async def write(self, round_: DemoRound, previous: str | None) -> str:
        """Plan the round, let its visits happen, lock it unless it is the open one."""
        self._clock.at = datetime.combine(round_.starts_on, time(8), SHANGHAI)
        round_id = await self._add_round(round_, previous)
        assignments, errands = await self._plan(round_, round_id)
        async with tx():
            await plans.add_assignments(assignments)
        told = [(errand, self._cast(errand.store)) for errand in errands]
        await (self._tell(round_, told) if round_.open else self._archive(told))
        self._step(len(assignments) - len(errands))
        if not round_.open:
            async with tx():
                await plans.lock_round(round_id)
        return round_id

    async def _tell(self, round_: DemoRound, told: list[tuple[Errand, Cast]]) -> None:
        teller = Storyteller(
            self._tools,
            self._clock,
            self._random,
            self._memory,
            self._now,
            lambda: self._step(1),
        )
        for errand, cast in told:
            teller.plan(errand, cast)
        for at in release_times(round_.starts_on, self._now):
            teller.plan_release(at)
        await teller.tell()

    async def _archive(self, told: list[tuple[Errand, Cast]]) -> None:
        archivist = Archivist(self._tools, self._clock, self._random, self._memory)
        for start in range(0, len(told), TOGETHER):
            part = told[start : start + TOGETHER]
            await archivist.write(part)
            self._step(len(part))

    async def _add_round(self, round_: DemoRound, previous: str | None) -> str:
        entry = RoundEntry(
            id=self._ids.id(),
            code=round_.code,
            name_zh=round_.zh,
            name_en=round_.en,
            visit_kind=round_.visit_kind,
            starts_on=round_.starts_on,
            ends_on=round_.ends_on,
            state="open",
            min_visits=1,
            disclose_day=False,
            previous=previous,
            created_at=self._clock.at,
        )
        rubrics = [
            RoundRubricEntry(
                id=self._ids.id(), round=entry.id, store_kind=kind, rubric_version=digest
            )
            for kind, digest in self._settled.rubrics.items()
        ]
        async with tx():
            await plans.add_round(entry, rubrics)
        return entry.id

    async def _plan(
        self, round_: DemoRound, round_id: str
    ) -> tuple[list[AssignmentEntry], list[Errand]]:
        assignments, errands = [], []
        own = _own_stores(self._settled.stores)
        for place, store in enumerate(self._settled.stores):
            is_own = store.code in own
            inspector = self._inspector(0 if is_own else 1 + place % (INSPECTORS - 1))
            assignment = self._assignment(round_, round_id, store, inspector)
            assignments.append(assignment)
            ending = own[store.code] if round_.open and is_own else self._ending(round_)
            if ending:
                errand = await self._errand(round_, store, inspector, assignment.id, ending)
                errands.append(errand)
        return assignments, errands

    def _assignment(
        self, round_: DemoRound, round_id: str, store: DemoStore, inspector: Actor
    ) -> AssignmentEntry:
        return AssignmentEntry(
            id=self._ids.id(),
            round=round_id,
            store=self._settled.store_ids[store.code],
            inspector=inspector.account,
            rubric_version=self._settled.rubrics[store.kind],
            window_from=round_.starts_on,
            window_to=round_.ends_on,
            cover=self._random.choice(names().covers),
            state="open",
            created_at=self._clock.at,
        )

    async def _errand(
        self, round_: DemoRound, store: DemoStore, inspector: Actor, assignment: str, ending: str
    ) -> Errand:
        digest = self._settled.rubrics[store.kind]
        return Errand(
            trip=Trip(
                visit=self._ids.id(),
                assignment=assignment,
                rubric_digest=digest,
                latitude_e6=store.latitude_e6,
                longitude_e6=store.longitude_e6,
                started_at=self._started_at(round_, ending),
            ),
            inspector=inspector,
            store=_as_seen(store, round_),
            rubric=await rubric_of(digest),
            ending=ending,
            photographed=round_.visit_kind in KINDER
            or (
                round_.open
                and (inspector is self._inspector(0) or self._random.random() < PHOTOGRAPHED)
            ),
            is_showcase=round_.open and store is self._settled.stores[0],
        )

    def _started_at(self, round_: DemoRound, ending: str) -> datetime:
        if round_.open and ending not in HOURS_AGO:
            return released_time(self._random, self._now)
        if round_.open:
            return recent_time(self._random, self._now, *HOURS_AGO[ending])
        return visit_time(self._random, round_)

    def _ending(self, round_: DemoRound) -> str:
        if not round_.open:
            return "" if self._random.random() < MISSED else "acknowledged"
        weights = [weight for _, weight in OPEN_ENDINGS]
        return self._random.choices(OPEN_ENDINGS, weights)[0][0]

    def _inspector(self, number: int) -> Actor:
        name = "inspector" if number == 0 else f"inspector{number + 1}"
        return self._settled.people[name]

    def _cast(self, store: DemoStore) -> Cast:
        people = self._settled.people
        branch = store.path.split("/")[2]
        manager = people["manager"] if branch == CAPITAL else people[f"manager{branch[:4]}"]
        staff = self._settled.staff[store.code]
        return Cast(people["reviewer"], manager, staff, people["reviewer2"])


def _as_seen(store: DemoStore, round_: DemoRound) -> DemoStore:
    kinder = KINDER.get(round_.visit_kind, 0)
    return msgspec.structs.replace(store, quality=min(1, store.quality + kinder))


def _own_stores(stores: tuple[DemoStore, ...]) -> dict[str, str]:
    """The first inspector's stores in the capital, with how each one's open visit ends."""
    near = [store for store in stores if f"/{CAPITAL}/" in store.path]
    clubs = [store for store in near if store.kind == "customer_club"][:OWN_CLUBS]
    halls = [store for store in near if store.kind == "storefront"][:OWN_HALLS]
    return dict(zip((store.code for store in (*clubs, *halls)), OWN_ENDINGS, strict=False))
