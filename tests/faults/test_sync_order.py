"""No answer leaves before what it acknowledges is on the disk: held against the system calls of the
real server, and against the same server with an SQLite that syncs too little.
"""

import pytest

from tests.faults import figures, system_calls
from tests.faults.field import INSPECTORS, fill, photographed, picture, sending, signed_in
from tests.faults.sizes import sized
from tests.faults.system_calls import Reading
from tests.faults.trapped import SLOPPY
from tests.faults.uploading import send_whole
from tests.faults.wire import Connection

VISITS = sized(short=8, full=400)
SIZE = 40_000
ANSWERS = 4
"""Of each visit: its receipt twice, and two pieces of a photo."""

pytestmark = pytest.mark.timeout(sized(short=180, full=1800))


async def traced(product_of, folder, database_url, random, visits: int, trap: str = "") -> Reading:
    """Send visits, each twice, with a photo each, one request at a time; what was asked of the
    kernel meanwhile.
    """
    trips = fill(database_url, visits, random)
    trace = folder / "trace"
    product = product_of(database_url, before=(*system_calls.COMMAND, str(trace)))
    await product.start(trap)
    sessions = {who.sign_in: await signed_in(product.port, who) for who in INSPECTORS}
    line = Connection(product.port)
    begun = trace.stat().st_size
    for trip in trips:
        sent = photographed(trip, [picture(random, SIZE)])
        session = sessions[trip.inspector.sign_in]
        for expected in (201, 200):
            answer = await line.ask("PUT", sent.path, sending(session, sent), sent.body)
            assert answer.status == expected, answer
        await send_whole(line, session, sent.photos[0])
    line.close()
    product.kill()
    with trace.open(encoding="utf-8", errors="replace") as lines:
        lines.seek(begun)
        lines.readline()
        return Reading().read(lines)


async def test_every_acknowledgement_follows_the_sync_of_what_it_acknowledges(
    folder, product_of, random, sqlite_on_disk
):
    reading = await traced(product_of, folder, sqlite_on_disk, random, VISITS)
    assert reading.violations == []
    assert reading.acknowledged == VISITS * ANSWERS
    figures.note(
        "order of system calls, sqlite",
        acknowledgements=reading.acknowledged,
        answers_before_the_sync=len(reading.violations),
    )


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
async def test_an_sqlite_that_syncs_too_little_is_found_out(
    folder, product_of, random, sqlite_on_disk, synchronous
):
    trap = f"{SLOPPY}:{synchronous}"
    reading = await traced(product_of, folder, sqlite_on_disk, random, 2, trap)
    assert "an answer left before the log was synced" in reading.violations
