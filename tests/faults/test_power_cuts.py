"""The power goes at any moment, and the disk forgets what was never synced: what was acknowledged
is still there, and every photo is what its name says.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import msgspec
import pytest

from tests.faults import figures, oracle
from tests.faults.field import (
    INSPECTORS,
    Sent,
    Trip,
    fill,
    photographed,
    picture,
    sending,
    signed_in,
)
from tests.faults.lasting import OnDisk, PostgresOnDisk, SQLiteOnDisk
from tests.faults.ledger import Ledger
from tests.faults.product import ROOT, Product
from tests.faults.sizes import sized
from tests.faults.trapped import SLOPPY
from tests.faults.uploading import send_whole
from tests.faults.wire import Connection, CutOff
from tests.submissions import sha256_of

CUTS = sized(short=3, full=50)
POSTGRES_CUTS = sized(short=1, full=50)
VISITS_A_CUT = sized(short=100, full=300)
PHONES = 3
SMALLEST_PHOTO, LARGEST_PHOTO = 2_000, 90_000
BEFORE_THE_CUT = sized(short=(5, 20), full=(5, 120))
"""Visits received until the power goes, and at most so many seconds."""
LONGEST = 20.0

PEOPLE = {who.sign_in: who for who in INSPECTORS}
Queues = dict[str, list[tuple[Trip, Sent]]]

NO_FUSE = (
    "a disk that forgets needs FUSE: /dev/fuse, libfuse3-3 and the right to mount are not here"
)

pytestmark = pytest.mark.timeout(sized(short=180, full=3600))


class CannotMount(RuntimeError):
    """There is no FUSE here."""


@pytest.fixture(scope="module", autouse=True)
def fuse(tmp_path_factory) -> None:
    """Nothing here can be tested on a machine that cannot mount such a disk: at full size that is
    a failure.
    """
    without = sized(short=pytest.skip, full=pytest.fail)
    if not Path("/dev/fuse").exists() or os.geteuid() != 0:
        without(NO_FUSE)
    kept, mount = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("mount")
    try:
        with forgetful_disk(kept, mount):
            pass
    except CannotMount:
        without(NO_FUSE)


@contextmanager
def forgetful_disk(kept: Path, mount: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A mounted disk that begins with what `kept` holds; a cut leaves there what lasts."""
    mount.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.faults.forgetful", str(kept), str(mount)]
    disk = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not mount.is_mount():
            if disk.poll() is not None or time.monotonic() > deadline:
                raise CannotMount(NO_FUSE)
            time.sleep(0.02)
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=False, capture_output=True)
        disk.kill()
        disk.wait()


def cut(disk: subprocess.Popen[bytes], mount: Path) -> None:
    """Take the power away, and wait until the disk has noticed."""
    disk.send_signal(signal.SIGUSR1)
    with contextlib.suppress(OSError):
        while True:
            os.statvfs(mount)
            time.sleep(0.002)


class Acked:
    """What the server has acknowledged so far."""

    def __init__(self) -> None:
        self.told = Ledger()
        self.photos: set[str] = set()

    def answered(self, sent: Sent, status: int, body: bytes) -> None:
        """Only what is no fault of the disk counts as an answer."""
        if status >= 500:
            raise CutOff
        self.told.take(sent, status, body)


async def phone(
    product: Product, session: dict[str, str], queue: list[tuple[Trip, Sent]], acked: Acked
) -> None:
    """Send visits and their photos until the server is gone."""
    line = Connection(product.port, seconds=10)
    with contextlib.suppress(CutOff):
        while queue:
            _, sent = queue.pop()
            answer = await line.ask("PUT", sent.path, sending(session, sent), sent.body)
            acked.answered(sent, answer.status, answer.body)
            for photo in sent.photos:
                await send_whole(line, session, photo)
                acked.photos.add(sha256_of(photo))
    line.close()


async def worked_until_the_cut(
    product: Product, disk: subprocess.Popen[bytes], queues: Queues, acked: Acked, random: Random
) -> None:
    """Phones at work on a server whose power goes in the midst of it."""
    sessions = {name: await signed_in(product.port, who) for name, who in PEOPLE.items()}
    working = [
        asyncio.create_task(phone(product, sessions[name], queue, acked))
        for name, queue in queues.items()
        for _ in range(PHONES)
    ]
    enough = len(acked.told.receipts) + random.randint(*BEFORE_THE_CUT)
    latest = time.monotonic() + LONGEST
    while len(acked.told.receipts) < enough and time.monotonic() < latest:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    await asyncio.sleep(random.uniform(0, 0.05))
    await asyncio.to_thread(cut, disk, product.folder)
    product.kill()
    await asyncio.gather(*working)


def albums(trips: list[Trip], random: Random) -> Queues:
    """The visits of each inspector, every third with two photos; made as they are needed."""
    queues: Queues = {name: [] for name in PEOPLE}
    for place, trip in enumerate(trips):
        sizes = [random.randint(SMALLEST_PHOTO, LARGEST_PHOTO) for _ in range(2 * (place % 3 == 0))]
        sent = photographed(trip, [picture(random, size) for size in sizes])
        queues[trip.inspector.sign_in].append((trip, sent))
    return queues


class Outcome(msgspec.Struct):
    """What all cuts together came to."""

    visits: int = 0
    photos: int = 0
    lost: int = 0
    photos_lost: int = 0
    cuts: int = 0


async def cut_again_and_again(
    database: OnDisk, folder: Path, random: Random, cuts: int, trap: str = ""
) -> Outcome:
    """Cut the power so many times, each time while phones send to a server on the same disk."""
    kept, mount = folder / "kept", folder / "mount"
    kept.mkdir()
    trips: list[Trip] = []
    database.prepare(kept, lambda url: trips.extend(fill(url, cuts * VISITS_A_CUT, random)))
    outcome, acked = Outcome(), Acked()
    for number in range(cuts):
        share = trips[number * VISITS_A_CUT : (number + 1) * VISITS_A_CUT]
        with forgetful_disk(kept, mount) as disk, database.running(mount) as url:
            product = Product(url, mount, log=folder / "server.log")
            await product.start(trap)
            await worked_until_the_cut(product, disk, albums(share, random), acked, random)
        outcome.cuts += 1
        look(database, kept, folder / "copy", acked, outcome)
    return outcome


def look(database: OnDisk, kept: Path, copy: Path, acked: Acked, outcome: Outcome) -> None:
    """Hold a copy of what lasted against what was acknowledged in all cuts so far."""
    subprocess.run(["cp", "-a", str(kept), str(copy)], check=True)
    with database.running(copy) as url:
        found = oracle.look(Product(url, copy))
    outcome.visits, outcome.photos = len(acked.told.receipts), len(acked.photos)
    outcome.lost += sum(
        found.receipts.get(address) != receipt for address, receipt in acked.told.receipts.items()
    )
    outcome.photos_lost += len(acked.photos - found.photos)
    shutil.rmtree(copy)


def on_disk(engine: str, folder: Path) -> OnDisk:
    """The database of this engine."""
    return SQLiteOnDisk() if engine == "sqlite" else PostgresOnDisk(folder)


async def test_what_was_acknowledged_survives_the_power(engine, folder, random):
    cuts = CUTS if engine == "sqlite" else POSTGRES_CUTS
    outcome = await cut_again_and_again(on_disk(engine, folder), folder, random, cuts)
    assert outcome.visits > cuts * 3
    assert outcome.photos > cuts
    assert (outcome.lost, outcome.photos_lost) == (0, 0)
    figures.note(
        f"power cuts, {engine}",
        cuts=outcome.cuts,
        visits_acknowledged=outcome.visits,
        photos_acknowledged=outcome.photos,
        acknowledged_lost=outcome.lost,
        photo_hash_mismatches=outcome.photos_lost,
    )


async def test_the_disk_does_forget(folder, random):
    """The same on an SQLite that syncs too little loses visits, so the test above can fail."""
    outcome = await cut_again_and_again(SQLiteOnDisk(), folder, random, 2, trap=f"{SLOPPY}:NORMAL")
    assert outcome.lost > 0
