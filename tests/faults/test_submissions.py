"""Submissions over a line that eats three answers of ten, to a server that is killed again and
again: what was acknowledged is kept, once, and its receipt stays the same byte for byte.
"""

import asyncio
from collections.abc import Iterator
from itertools import cycle
from random import Random

import pytest

from tests.faults import figures, oracle
from tests.faults.field import Sent, Trip, fill, signed_in, submission
from tests.faults.ledger import Ledger, bring
from tests.faults.line import Habits, Line
from tests.faults.product import Product
from tests.faults.sizes import sized
from tests.faults.trapped import RECEIVING
from tests.faults.wire import Connection

VISITS = sized(short=80, full=10_000)
KILLS = sized(short=2, full=60)
TRAP_SECONDS = 5.0
"""How long to wait for the server to come to a trap: parking is rare, and then it is killed so."""
MOST_TIMES = sized(short=20, full=100)
PHONES = 16
TWO_PHONES = 0.01
"""Share of visits that a second phone sends too, with other content."""
HABITS = Habits(eaten=0.3, doubled=0.05, late=0.05)

pytestmark = pytest.mark.timeout(sized(short=180, full=3600))


def queue_of(trips: list[Trip], random: Random) -> list[tuple[Trip, Sent]]:
    """Every visit, some of them from two phones, in no order."""
    queue = [(trip, submission(trip)) for trip in trips]
    twice = random.sample(trips, max(2, int(len(trips) * TWO_PHONES)))
    queue += [(trip, submission(trip, clock_offset_ms=7)) for trip in twice]
    random.shuffle(queue)
    return queue


async def phone(
    port: int, sessions: dict[str, dict[str, str]], queue: list[tuple[Trip, Sent]], told: Ledger
) -> None:
    """One phone after another takes the next visit."""
    connection = Connection(port, seconds=20)
    while queue:
        trip, sent = queue.pop()
        await bring(connection, sessions[trip.inspector.sign_in], sent, told)
    connection.close()


class Killer:
    """Kills the server at random moments and at every named place in turn."""

    def __init__(self, product: Product, queue: list[tuple[Trip, Sent]], random: Random) -> None:
        self.product = product
        self.kills = 0
        self.places: dict[str, int] = {}
        self._queue = queue
        self._random = random
        self._size = len(queue)
        self._traps: Iterator[str] = cycle(RECEIVING)

    async def run(self) -> None:
        """Spread the kills over the whole run; every other one is by a trap."""
        trap = ""
        while self.kills < KILLS:
            await self._until_due()
            came = bool(trap) and await self.product.killed(TRAP_SECONDS)
            if not trap:
                await asyncio.sleep(self._random.uniform(0, 0.2))
            self.product.kill()
            self._count(trap.partition(":")[0] if came else "anywhere")
            trap = "" if trap else self._trap()
            await self.product.start(trap)

    async def _until_due(self) -> None:
        due = self._size * (KILLS - self.kills) / (KILLS + 1)
        # A look costs less than an event for every visit.
        while self.product.running and len(self._queue) > due:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    def _trap(self) -> str:
        place = next(self._traps)
        times = 1 if "parking" in place else self._random.randint(1, MOST_TIMES)
        return f"{place}:{times}"

    def _count(self, place: str) -> None:
        self.kills += 1
        self.places[place] = self.places.get(place, 0) + 1


async def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(
    engine, database_url, product_of, random
):
    trips = fill(database_url, VISITS, random)
    product, told = product_of(database_url), Ledger()
    await product.start()
    sessions = {
        trip.inspector.sign_in: await signed_in(product.port, trip.inspector) for trip in trips[:2]
    }
    queue = queue_of(trips, random)
    everything = list(queue)
    async with Line(product.port, random, HABITS) as line:
        killer = Killer(product, queue, random)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(killer.run())
            for _ in range(PHONES):
                tasks.create_task(phone(line.port, sessions, queue, told))
        await line.quiet()
    await replayed(product, sessions, everything, told)
    product.kill()
    found = oracle.examine(product)
    assert found.receipts == told.receipts
    assert found.receipts.keys() == {(trip.visit, 1) for trip in trips}
    assert told.conflicts <= found.parked
    assert {*line.statuses, *told.statuses} <= {200, 201, 409}
    assert killer.kills == KILLS
    figures.note(
        f"submissions, {engine}",
        submissions=len(everything),
        requests=line.asked,
        answers_eaten=line.eaten,
        requests_doubled=line.doubled,
        requests_late=line.late,
        kills=killer.kills,
        places_of_kills=len(killer.places),
        ready_again_s_at_most=f"{max(product.started_in):.1f}",
        acknowledged_lost=0,
        duplicated=0,
        receipts_that_changed=0,
        answers_5xx=0,
    )


async def replayed(
    product: Product,
    sessions: dict[str, dict[str, str]],
    everything: list[tuple[Trip, Sent]],
    told: Ledger,
) -> None:
    """Everything once more over a good line, to a server that has been started anew: the ledger
    holds each answer against the one given before.
    """
    product.kill()
    await product.start()
    before = dict(told.receipts)
    queue = list(everything)
    await asyncio.gather(*(phone(product.port, sessions, queue, told) for _ in range(PHONES)))
    assert told.receipts == before
