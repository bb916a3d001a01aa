"""The two databases as something that lives on a disk and loses its power with it."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from tests.conftest import migrated
from tests.postgres_server import PostgresServer

GONE_SECONDS = 20.0


class OnDisk(Protocol):
    """A database whose files are below one folder."""

    def prepare(self, kept: Path, fill: Callable[[str], None]) -> None:
        """Make it there, filled, all of it on the disk, and at rest."""
        ...

    @contextmanager
    def running(self, folder: Path) -> Iterator[str]:
        """Have it run on what this folder holds; yields its URL. At the end it is gone, as when
        the power goes.
        """
        ...


class SQLiteOnDisk:
    """Nothing runs but the server itself."""

    def prepare(self, kept: Path, fill: Callable[[str], None]) -> None:
        fill(migrated(f"sqlite:///{kept / 'mingcha.db'}"))

    @contextmanager
    def running(self, folder: Path) -> Iterator[str]:
        yield f"sqlite:///{folder / 'mingcha.db'}"


class PostgresOnDisk:
    """A cluster of its own; its socket and its log are elsewhere."""

    NAME = "mingcha"

    def __init__(self, beside: Path) -> None:
        beside.chmod(0o755)
        place = beside / "cluster"
        place.mkdir()
        self._server = PostgresServer(durable=True, folder=place)

    def prepare(self, kept: Path, fill: Callable[[str], None]) -> None:
        kept.chmod(0o755)
        self._server.create(name=self.NAME)
        fill(migrated(self._server.url(self.NAME)))
        self._server.leave()
        self._server.stop("fast")
        shutil.move(self._server.data, kept / "data")

    @contextmanager
    def running(self, folder: Path) -> Iterator[str]:
        self._server.data = folder / "data"
        self._server.start()
        pid = int((folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
        try:
            yield self._server.url(self.NAME)
        finally:
            _killed(pid)


def _killed(pid: int) -> None:
    """The first process of a cluster with all that descend from it."""
    family = [pid, *_children(pid)]
    for one in family:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    deadline = time.monotonic() + GONE_SECONDS
    while any(Path(f"/proc/{one}").exists() for one in family):
        assert time.monotonic() < deadline, family
        time.sleep(0.02)


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(one) for one in listed.split()]
