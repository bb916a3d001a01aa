"""The same submission from twenty connections at the same moment, a hundred times: one row each."""

import asyncio

import pytest

from tests.faults import figures, oracle
from tests.faults.field import INSPECTORS, Sent, fill, sending, signed_in, submission
from tests.faults.sizes import sized
from tests.faults.wire import Answer, Connection

VISITS = sized(short=5, full=100)
AT_ONCE = 20

pytestmark = pytest.mark.timeout(sized(short=180, full=900))


async def at_once(lines: list[Connection], session: dict[str, str], sent: Sent) -> list[Answer]:
    """The answers to the same submission over every line at the same moment."""
    headers = sending(session, sent)
    return await asyncio.gather(*(line.ask("PUT", sent.path, headers, sent.body) for line in lines))


async def test_twenty_identical_posts_are_one_visit(engine, database_url, product_of, random):
    trips = fill(database_url, VISITS, random)
    product = product_of(database_url)
    await product.start()
    sessions = {who.sign_in: await signed_in(product.port, who) for who in INSPECTORS}
    lines = [Connection(product.port) for _ in range(AT_ONCE)]
    receipts = {}
    for trip in trips:
        sent = submission(trip)
        answers = await at_once(lines, sessions[trip.inspector.sign_in], sent)
        statuses = sorted(answer.status for answer in answers)
        assert statuses == [200] * (AT_ONCE - 1) + [201]
        (receipts[trip.visit, 1],) = {answer.body for answer in answers}
    for line in lines:
        line.close()
    product.stop()
    assert oracle.examine(product).receipts == receipts
    figures.note(
        f"bursts, {engine}",
        visits=len(receipts),
        identical_posts_at_once=AT_ONCE,
        rows_too_many=0,
        answers_5xx=0,
    )
