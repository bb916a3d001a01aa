"""PostgreSQL is restarted as if its power had failed, again and again under load: the server goes
on by itself, and what it acknowledged is there.
"""

import asyncio
import time
from itertools import cycle

import pytest

from tests.conftest import migrated
from tests.engines import ENGINES
from tests.faults import figures, oracle
from tests.faults.field import INSPECTORS, fill, sending, signed_in, submission
from tests.faults.sizes import sized
from tests.faults.wire import Connection, CutOff

RESTARTS = sized(short=1, full=20)
VISITS = 400 * RESTARTS
PHONES = 6
MOST_SECONDS = 10.0
PAUSE = 0.1

pytestmark = [
    pytest.mark.timeout(sized(short=180, full=1800)),
    pytest.mark.skipif("postgres" not in ENGINES, reason="TEST_DATABASES leaves PostgreSQL out"),
]


class Told:
    """What the phones were told, and when last something was received."""

    def __init__(self) -> None:
        self.receipts: dict[tuple[str, int], bytes] = {}
        self.last = 0.0
        self.busy = 0
        self.over = False


async def phone(port, sessions, queue, told: Told) -> None:
    """Send visits one after the other, each again and again until it is received."""
    line = Connection(port, seconds=20)
    trip, sent = next(queue)
    while not told.over:
        headers = sending(sessions[trip.inspector.sign_in], sent)
        try:
            answer = await line.ask("PUT", sent.path, headers, sent.body)
        except CutOff:
            await asyncio.sleep(PAUSE)
            continue
        if answer.status in (200, 201):
            assert told.receipts.setdefault((trip.visit, 1), answer.body) == answer.body
            told.last = time.monotonic()
            trip, sent = next(queue)
            continue
        # Busy is an answer: come again. Anything else would be a fault nobody planned for.
        assert answer.status == 503, answer
        told.busy += 1
        await asyncio.sleep(PAUSE)
    line.close()


async def test_the_server_goes_on_by_itself(durable_postgres, product_of, random):
    name = durable_postgres.create()
    url = migrated(durable_postgres.url(name))
    trips = fill(url, VISITS, random)
    product, told = product_of(url), Told()
    await product.start()
    sessions = {who.sign_in: await signed_in(product.port, who) for who in INSPECTORS}
    # Received once is not the end: a fast machine would have no load left for a restart.
    queue = cycle([(trip, submission(trip)) for trip in trips])
    phones = [
        asyncio.create_task(phone(product.port, sessions, queue, told)) for _ in range(PHONES)
    ]
    recovered = []
    for _ in range(RESTARTS):
        await asyncio.sleep(random.uniform(0.3, 1.0))
        await asyncio.to_thread(durable_postgres.restart, "immediate")
        back = time.monotonic()
        while told.last < back and time.monotonic() < back + 3 * MOST_SECONDS:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        recovered.append(time.monotonic() - back)
    told.over = True
    await asyncio.gather(*phones)
    product.stop()
    found = oracle.examine(product)
    durable_postgres.drop(name)
    assert max(recovered) <= MOST_SECONDS
    assert told.receipts.items() <= found.receipts.items()
    figures.note(
        "PostgreSQL restarted",
        restarts=len(recovered),
        acknowledged=len(told.receipts),
        acknowledged_lost=0,
        recovery_s_at_most=f"{max(recovered):.1f}",
        told_to_come_again=told.busy,
    )
