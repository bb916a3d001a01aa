"""The disk fills up under the server: it says so, goes on reading, writes again as soon as there is
room, without being started anew, and nothing it acknowledged is lost.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import migrated
from tests.faults import figures, oracle
from tests.faults.field import INSPECTORS, fill, photographed, picture, sending, signed_in
from tests.faults.product import Product
from tests.faults.sizes import sized
from tests.faults.wire import Connection
from tests.submissions import sha256_of

MEGABYTES = 420
"""Photos leave the last 256 megabytes of a disk to the database and the log."""
TIMES = sized(short=1, full=10)
BEFORE = 5
REFUSED = 10
RESUME_SECONDS = 5.0

pytestmark = [
    pytest.mark.timeout(sized(short=180, full=1800)),
    pytest.mark.skipif(
        os.geteuid() != 0, reason="a disk that is full is a mount, which needs root"
    ),
]


@pytest.fixture
def small_disk(folder) -> Iterator[Path]:
    """A disk with little room."""
    mount = folder / "small"
    mount.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs"]
    subprocess.run(["mount", *options, str(mount)], check=True)
    yield mount
    subprocess.run(["umount", "-l", str(mount)], check=True)


def fill_up(disk: Path) -> Path:
    """Take all the room there is."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024 * 1024))
        except OSError:
            pass
        try:
            while True:
                file.write(bytes(512))
        except OSError:
            return ballast


class Sender:
    """One phone that counts what it is told."""

    def __init__(self, port: int, sessions, trips, random) -> None:
        self.receipts: dict[tuple[str, int], bytes] = {}
        self.photos: set[str] = set()
        self.statuses: dict[int, int] = {}
        self._line = Connection(port)
        self._sessions = sessions
        self._trips = trips
        self._random = random
        self._waiting = []

    async def send(self) -> tuple[int, int]:
        """The next visit and its photo; how each was answered."""
        if not self._waiting:
            trip = self._trips.pop()
            sent = photographed(trip, [picture(self._random, 30_000)])
            self._waiting.append((self._sessions[trip.inspector.sign_in], sent))
        session, sent = self._waiting[-1]
        answer = await self._line.ask("PUT", sent.path, sending(session, sent), sent.body)
        if answer.status in (200, 201):
            self.receipts[sent.visit, 1] = answer.body
            self._waiting.pop()
        photo = await self._photo(session, sent.photos[0])
        for status in (answer.status, photo):
            self.statuses[status] = self.statuses.get(status, 0) + 1
        return answer.status, photo

    async def _photo(self, session, photo: bytes) -> int:
        headers = {"content-type": "application/octet-stream", "upload-offset": "0"}
        headers |= session | {"upload-length": str(len(photo))}
        name = sha256_of(photo)
        answer = await self._line.ask("PATCH", f"/api/photos/{name}", headers, photo)
        if answer.status == 200:
            self.photos.add(name)
        return answer.status

    async def read(self) -> int:
        session = next(iter(self._sessions.values()))
        return (await self._line.ask("GET", "/api/visits", session)).status

    def close(self) -> None:
        self._line.close()


async def test_a_full_disk_is_said_and_survived(small_disk, folder, random):
    url = migrated(f"sqlite:///{small_disk / 'mingcha.db'}")
    trips = fill(url, TIMES * 60, random)
    product = Product(url, small_disk, log=folder / "server.log")
    await product.start()
    try:
        sessions = {who.sign_in: await signed_in(product.port, who) for who in INSPECTORS}
        sender, resumed, refused = Sender(product.port, sessions, trips, random), [], 0
        for _ in range(TIMES):
            for _ in range(BEFORE):
                assert await sender.send() == (201, 200)
            ballast = fill_up(small_disk)
            refused += await refused_by_a_full_disk(sender)
            ballast.unlink()
            resumed.append(await resumed_after(sender))
        sender.close()
    finally:
        product.kill()
    found = oracle.examine(product)
    assert sender.receipts.items() <= found.receipts.items()
    assert sender.photos <= found.photos
    assert set(sender.statuses) <= {200, 201, 507}
    figures.note(
        "disk full",
        times=TIMES,
        answers_507=sender.statuses[507],
        other_answers_5xx=0,
        writes_again_after_s_at_most=f"{max(resumed):.1f}",
        acknowledged_lost=0,
    )


async def refused_by_a_full_disk(sender: Sender) -> int:
    """Send until it was said often enough that there is no room; reading goes on meanwhile."""
    refused = 0
    for _ in range(REFUSED * 10):
        visit, photo = await sender.send()
        refused += visit == 507
        assert photo == 507
        assert await sender.read() == 200
        if refused == REFUSED:
            return refused
    raise AssertionError(sender.statuses)


async def resumed_after(sender: Sender) -> float:
    """How long after there was room again a visit was received."""
    began = time.monotonic()
    while await sender.send() not in ((201, 200), (200, 200)):
        assert time.monotonic() < began + RESUME_SECONDS, sender.statuses
    return time.monotonic() - began
