"""Asked to stop while phones stall in the midst of uploads, the server is gone within 15 seconds
and has lost nothing it acknowledged.
"""

import asyncio

import pytest

from tests.faults import figures, oracle
from tests.faults.field import INSPECTORS, fill, picture, sending, signed_in, submission
from tests.faults.sizes import sized
from tests.faults.wire import Connection
from tests.submissions import sha256_of

STOPS = sized(short=1, full=20)
STALLED = 50
MOST_SECONDS = 15.0

pytestmark = pytest.mark.timeout(sized(short=180, full=1800))


async def stalled(port: int, session: dict[str, str], photo: bytes) -> asyncio.StreamWriter:
    """An upload that sends half of its body and then nothing."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"PATCH /api/photos/{sha256_of(photo)} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in session.items()]
    lines += ["content-type: application/octet-stream", f"content-length: {len(photo)}"]
    lines += ["upload-offset: 0", f"upload-length: {len(photo)}"]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + photo[: len(photo) // 2])
    await writer.drain()
    return writer


async def test_stalled_uploads_do_not_keep_the_server_from_stopping(
    product_of, random, sqlite_on_disk
):
    trips = fill(sqlite_on_disk, STOPS, random)
    product = product_of(sqlite_on_disk)
    receipts, took = {}, []
    photo = picture(random, 200_000)
    for trip in trips:
        await product.start()
        sessions = {who.sign_in: await signed_in(product.port, who) for who in INSPECTORS}
        session = sessions[trip.inspector.sign_in]
        uploads = [await stalled(product.port, session, photo) for _ in range(STALLED)]
        sent, line = submission(trip), Connection(product.port)
        answer = await line.ask("PUT", sent.path, sending(session, sent), sent.body)
        assert answer.status == 201
        receipts[trip.visit, 1] = answer.body
        took.append(await asyncio.to_thread(product.stop))
        for writer in [*uploads]:
            writer.close()
        line.close()
    assert max(took) < MOST_SECONDS
    assert oracle.examine(product).receipts == receipts
    figures.note(
        "stopping",
        stops=len(took),
        stalled_uploads_each=STALLED,
        seconds_at_most=f"{max(took):.1f}",
        acknowledged_lost=0,
    )
