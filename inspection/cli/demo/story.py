"""What happened, in the order it happened: every event goes through the services people use."""

import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random

import msgspec

from inspection.cli.demo import mending, pictures
from inspection.cli.demo.chance import StoryClock
from inspection.cli.demo.disputes import Disputes, People
from inspection.cli.demo.findings import findings, showcase
from inspection.cli.demo.pictures import DemoPhoto
from inspection.cli.demo.stores import DemoStore
from inspection.cli.demo.submission import Trip, body_of, oddly
from inspection.cli.demo.words import notes
from inspection.domain.access import Actor
from inspection.domain.releases.released_text import ReleasedText
from inspection.domain.reviews.review import Decision
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import Answers
from inspection.domain.visits.visit import content_hash
from inspection.persistence.notices.notices import notice_of_visit
from inspection.services.notices.notice_signing import sign_notice, submit_notice
from inspection.services.notices.store_notices import acknowledge_notice, store_notice
from inspection.services.releases.releases import release_due
from inspection.services.reviews.release_texts import TextsWish, keep_texts, release_texts
from inspection.services.reviews.reviews import review_visit
from inspection.services.tools import Tools
from inspection.services.visits.visits import receive_visit

RETURN_REASON = "两处扣分的说明太简单，请写明具体位置和数量。"

SINCE_SIGNED = {"signed": (6 * 60, 30 * 60), "acknowledged": (10 * 60, 160 * 60)}
"""Minutes since a notice was signed, by how far it got; never before its visit was released."""

Event = Callable[[], Awaitable[None]]


ODD_ENDS = "048c"
"""Last signs of the visits that wait for their review and look odd: a quarter of them."""


class Cast(msgspec.Struct, frozen=True):
    """Who acts after the inspector: reviewer, signing manager, the store's own people, and a
    reviewer who had no part in it.
    """

    reviewer: Actor
    manager: Actor
    store: Actor
    decider: Actor


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
        self._signings: list[tuple[timedelta, Event]] = []
        self._disputes = Disputes(tools, self._later, until)
        self._opinions = itertools.cycle(mending.OPINIONS)

    def plan(self, errand: Errand, cast: Cast) -> None:
        """Let a visit happen at its time."""
        self._at(errand.trip.started_at + timedelta(minutes=90), lambda: self._visit(errand, cast))

    def plan_release(self, at: datetime) -> None:
        """Let what is due then reach its stores."""
        self._at(at, self._release)

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

    def _before_the_end(self, minutes: int, event: Event) -> None:
        ago = timedelta(minutes=self._random.randint(10, minutes))
        self._at(max(self._clock.at, self._until - ago), event)

    async def _visit(self, errand: Errand, cast: Cast) -> None:
        answers = self._memory.answers(errand)
        photos = await self._photos(errand, answers) if errand.photographed else {}
        body, visit = body_of(self._random, errand.trip, answers, photos), errand.trip.visit
        odd = errand.ending == "submitted" and visit[-1] in ODD_ENDS
        content = msgspec.json.encode(oddly(body) if odd else body)
        await receive_visit(self._tools, errand.inspector, visit, 1, content, content_hash(content))
        self._step()
        if errand.ending == "returned":
            self._later(14, lambda: self._return(visit, cast))
        elif errand.ending == "approved":
            self._before_the_end(100, lambda: self._approve(errand, cast))
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
        await self._word(visit, cast)
        await review_visit(self._tools, cast.reviewer, visit, 1, Decision.APPROVE)
        if errand.ending in SINCE_SIGNED:
            ago = timedelta(minutes=self._random.randint(*SINCE_SIGNED[errand.ending]))
            self._signings.append((ago, lambda: self._sign(errand, cast)))

    async def _word(self, visit: str, cast: Cast) -> None:
        """The reviewer takes over what the inspector noted: here that is fit to be read."""
        found = await release_texts(cast.reviewer, visit)
        texts = tuple(
            ReleasedText(
                item=each.item,
                problem=each.note,
                photos=tuple(photo.sha256 for photo in each.photos if photo.ready),
            )
            for each in found.items
            if each.note
        )
        wish = TextsWish(attempt=1, seen=found.seen, texts=texts)
        await keep_texts(self._tools, cast.reviewer, visit, wish)

    async def _release(self) -> None:
        released = self._clock.at
        await release_due(self._tools)
        # What was approved by now has gone out with it.
        for ago, event in self._signings:
            self._at(max(released + timedelta(hours=6), self._until - ago), event)
        self._signings.clear()

    async def _sign(self, errand: Errand, cast: Cast) -> None:
        notice = await notice_of_visit(errand.trip.visit)
        if notice is None:
            return
        await submit_notice(self._tools, cast.reviewer, notice)
        await sign_notice(self._tools, cast.manager, notice)
        if errand.ending == "acknowledged":
            self._later(3, lambda: self._acknowledge(cast, notice))
        elif not errand.is_showcase:
            self._disputes.issued(cast.manager, notice)

    async def _acknowledge(self, cast: Cast, notice: str) -> None:
        await store_notice(self._tools, cast.store, notice)
        await acknowledge_notice(self._tools, cast.store, notice)
        mending.plan(
            self._tools,
            self._later,
            (cast.store, cast.manager),
            notice,
            self._until,
            self._opinions,
        )
        people = People(cast.store, cast.manager, cast.decider)
        self._disputes.signed_for(people, notice)
