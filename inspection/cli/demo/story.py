"""What happened, in the order it happened: every event goes through the services people use."""

import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random

import msgspec

from inspection.cli.demo import pictures
from inspection.cli.demo.chance import StoryClock
from inspection.cli.demo.findings import findings, showcase
from inspection.cli.demo.pictures import DemoPhoto
from inspection.cli.demo.stores import DemoStore
from inspection.cli.demo.submission import Trip, body_of
from inspection.cli.demo.words import notes
from inspection.domain.access import Actor
from inspection.domain.answers import Answers
from inspection.domain.review import Decision
from inspection.domain.rubric import Rubric
from inspection.domain.visit import content_hash
from inspection.services.notice_signing import sign_notice
from inspection.services.reviews import review_visit
from inspection.services.store_notices import acknowledge_notice, store_notice
from inspection.services.tools import Tools
from inspection.services.visits import receive_visit

RETURN_REASON = "两处扣分的说明太简单，请写明具体位置和数量。"

Event = Callable[[], Awaitable[None]]


class Cast(msgspec.Struct, frozen=True):
    """Who acts after the inspector: reviewer, signing manager, and the store's own people."""

    reviewer: Actor
    manager: Actor
    store: Actor


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """One visit and how far it gets: submitted, returned, approved, signed or acknowledged."""

    trip: Trip
    inspector: Actor
    store: DemoStore
    rubric: Rubric
    ending: str
    photographed: bool
    is_showcase: bool = False


class Memory:
    """What was wrong at each store last time: it often still is."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._lost: dict[str, frozenset[str]] = {}

    def answers(self, errand: Errand) -> Answers:
        """What the inspector finds this time."""
        if errand.is_showcase:
            return showcase(errand.rubric)
        store = errand.store
        earlier = self._lost.get(store.code, frozenset())
        found = findings(self._random, errand.rubric, store.features, store.quality, earlier)
        self._lost[store.code] = frozenset(a.item for a in found.items if a.verdict == "loss")
        return found


class Storyteller:
    """Tells errands event by event, each at its own time."""

    def __init__(
        self,
        tools: Tools,
        clock: StoryClock,
        random: Random,
        memory: Memory,
        until: datetime,
        step: Callable[[], None],
    ) -> None:
        self._tools, self._clock, self._random = tools, clock, random
        self._memory, self._until, self._step = memory, until, step
        self._events: list[tuple[datetime, int, Event]] = []
        self._order = itertools.count()

    def plan(self, errand: Errand, cast: Cast) -> None:
        """Let a visit happen at its time."""
        self._at(errand.trip.started_at + timedelta(minutes=90), lambda: self._visit(errand, cast))

    async def tell(self) -> None:
        """Let everything planned happen."""
        while self._events:
            self._clock.at, _, event = heapq.heappop(self._events)
            await event()

    def _at(self, moment: datetime, event: Event) -> None:
        heapq.heappush(self._events, (min(moment, self._until), next(self._order), event))

    def _later(self, hours: int, event: Event) -> None:
        minutes = self._random.randint(0, 240)
        self._at(self._clock.at + timedelta(hours=hours, minutes=minutes), event)

    async def _visit(self, errand: Errand, cast: Cast) -> None:
        answers = self._memory.answers(errand)
        photos = await self._photos(errand, answers) if errand.photographed else {}
        content = msgspec.json.encode(body_of(self._random, errand.trip, answers, photos))
        visit = errand.trip.visit
        await receive_visit(self._tools, errand.inspector, visit, 1, content, content_hash(content))
        self._step()
        if errand.ending == "returned":
            self._later(14, lambda: self._return(visit, cast))
        elif errand.ending != "submitted":
            self._later(14, lambda: self._approve(errand, cast))

    async def _photos(self, errand: Errand, answers: Answers) -> dict[str, DemoPhoto]:
        kept = {}
        for answer in answers.items:
            item = errand.rubric.item(answer.item)
            if item is None or answer.verdict != "loss" or item.evidence != "photo":
                continue
            taken = pictures.take(self._random, notes().picture(item.code))
            await pictures.keep(self._tools, taken, errand.inspector.account, self._clock.at)
            kept[item.code] = taken.photo
        return kept

    async def _return(self, visit: str, cast: Cast) -> None:
        await review_visit(self._tools, cast.reviewer, visit, 1, Decision.RETURN, RETURN_REASON)

    async def _approve(self, errand: Errand, cast: Cast) -> None:
        visit = errand.trip.visit
        outcome = await review_visit(self._tools, cast.reviewer, visit, 1, Decision.APPROVE)
        notice = outcome.notice
        if notice and errand.ending in ("signed", "acknowledged"):
            self._later(6, lambda: self._sign(errand, cast, notice))

    async def _sign(self, errand: Errand, cast: Cast, notice: str) -> None:
        await sign_notice(self._tools, cast.manager, notice)
        if errand.ending == "acknowledged":
            self._later(3, lambda: self._acknowledge(cast, notice))

    async def _acknowledge(self, cast: Cast, notice: str) -> None:
        await store_notice(self._tools, cast.store, notice)
        await acknowledge_notice(self._tools, cast.store, notice)
