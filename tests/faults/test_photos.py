"""Photos over a line that slows, delays, hangs and breaks at any byte: every visit gets all of its
photos, hardly a byte travels twice, and what is on the disk is what the phone took.
"""

import asyncio
import json
from random import Random

import pytest

from tests.faults import figures, oracle
from tests.faults.field import INSPECTORS, Sent, Trip, fill, photographed, picture, signed_in
from tests.faults.ledger import Ledger, bring
from tests.faults.product import Product
from tests.faults.sizes import sized
from tests.faults.thread import PORTION, Quality, Thread
from tests.faults.uploading import Uploading
from tests.faults.wire import Connection

VISITS = sized(short=4, full=200)
PHOTOS = 6
SMALLEST, LARGEST = 20_000, 300_000
PHONES = sized(short=3, full=8)
PATIENCE = 5.0
"""Seconds without an answer before a phone gives up; the app's thirty would only make this long."""
QUALITY = Quality(
    bytes_to_a_break=sized(short=200_000, full=400_000),
    hanging=0.1,
    hanging_seconds=6.0,
    slowest=300_000,
    fastest=3_000_000,
    longest_pause=0.01,
)
MOST_SENT_AGAIN = 0.10
CLEANING_SECONDS = sized(short=60, full=900)

pytestmark = pytest.mark.timeout(sized(short=180, full=3600))


def album(trips: list[Trip], random: Random) -> list[tuple[Trip, Sent]]:
    """Every visit with its photos."""
    return [
        (
            trip,
            photographed(
                trip, [picture(random, random.randint(SMALLEST, LARGEST)) for _ in range(PHOTOS)]
            ),
        )
        for trip in trips
    ]


class Phone:
    """Sends visits: the form before, between or after its photos."""

    def __init__(self, port: int, sessions: dict[str, dict[str, str]], random: Random) -> None:
        self.told = Ledger()
        self.statuses: dict[int, int] = {}
        self._line = Connection(port, seconds=PATIENCE)
        self._sessions = sessions
        self._random = random

    async def work(self, queue: list[tuple[Trip, Sent]]) -> None:
        while queue:
            trip, sent = queue.pop()
            session = self._sessions[trip.inspector.sign_in]
            uploading = Uploading(self._line, session)
            form_after = self._random.randint(0, PHOTOS)
            for place, photo in enumerate(sent.photos):
                if place == form_after:
                    await bring(self._line, session, sent, self.told)
                await uploading.send(photo)
            if form_after == PHOTOS:
                await bring(self._line, session, sent, self.told)
            self.statuses |= uploading.statuses
        self._line.close()


async def all_complete(product: Product, sessions: dict[str, dict[str, str]], visits: int) -> None:
    """Wait until the worker has looked at every photo."""
    line = Connection(product.port)
    async with asyncio.timeout(CLEANING_SECONDS):
        while True:
            complete = 0
            for session in sessions.values():
                answer = await line.ask("GET", "/api/visits", session)
                complete += sum(visit["complete"] for visit in json.loads(answer.body)["visits"])
            if complete == visits:
                return line.close()
            await asyncio.sleep(0.3)


def costs(thread: Thread) -> int:
    """Bytes these breaks may cost. A break nobody is told of costs what the server still holds of a
    piece, and so does, once in a while, another that the phone heard of before the server.
    """
    return (thread.hung + 1) * LARGEST + thread.breaks * 2 * PORTION


async def test_every_photo_arrives_whole_and_hardly_a_byte_twice(
    engine, database_url, product_of, random
):
    trips = fill(database_url, VISITS, random)
    product = product_of(database_url, worker=True)
    await product.start()
    sessions = {who.sign_in: await signed_in(product.port, who) for who in INSPECTORS}
    queue = album(trips, random)
    size = sum(len(photo) for _, sent in queue for photo in sent.photos)
    async with Thread(product.port, random, QUALITY) as thread:
        phones = [Phone(thread.port, sessions, random) for _ in range(PHONES)]
        await asyncio.gather(*(phone.work(queue) for phone in phones))
    await all_complete(product, sessions, VISITS)
    product.stop()
    found = oracle.examine(product)
    assert found.complete == {trip.visit for trip in trips}
    assert found.receipts == {k: v for phone in phones for k, v in phone.told.receipts.items()}
    again = thread.photo_bytes - size
    assert 0 <= again <= sized(short=costs(thread), full=MOST_SENT_AGAIN * size)
    statuses = {status for phone in phones for status in (*phone.told.statuses, *phone.statuses)}
    assert max(statuses) < 500
    assert thread.breaks >= sized(short=1, full=VISITS)
    figures.note(
        f"photos, {engine}",
        visits_complete=f"{len(found.complete)} of {VISITS}",
        photos=VISITS * PHOTOS,
        megabytes=f"{size / 1e6:.1f}",
        breaks_of_the_line=thread.breaks,
        of_them_unnoticed=thread.hung,
        sent_again=f"{again / size:.1%}",
        hash_mismatches=0,
    )
