"""The real server as a process that can be killed, stopped and started again on the same port."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

from inspection.settings import Settings, to_environment
from tests.habits.tree import ROOT
from tests.product_server import ProductServer, free_port

PLAIN, TRAPPED = "inspection", "tests.faults.trapped"
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR")


class Product:
    """`inspection serve` over one database and one folder."""

    def __init__(
        self,
        database_url: str,
        folder: Path,
        *,
        worker: bool = False,
        before: tuple[str, ...] = (),
        log: Path | None = None,
    ) -> None:
        self.settings = Settings(
            database_url=database_url, data_dir=str(folder), port=free_port(), pool_max=8
        )
        self.folder = folder
        self.port = self.settings.port
        self.started_in: list[float] = []
        self._options = ("--worker",) if worker else ()
        self._before = before
        self._log = log or folder / "server.log"
        self._server: ProductServer | None = None

    @property
    def pid(self) -> int:
        return self._started.pid

    @property
    def running(self) -> bool:
        return self._server is not None and self._server.running

    @property
    def _started(self) -> ProductServer:
        assert self._server is not None
        return self._server

    def launch(self, trap: str = "") -> None:
        """Start the process. With a trap it kills itself at that point, as the power would."""
        program = (sys.executable, "-m", TRAPPED if trap else PLAIN, "serve")
        self._server = ProductServer(
            (*self._before, *program, *self._options),
            self._environment() | {"TRAP": trap},
            self.port,
            self._log,
        )

    async def start(self, trap: str = "") -> None:
        """Start it and wait until it answers, or until its trap has killed it already."""
        began = time.monotonic()
        self.launch(trap)
        if await asyncio.to_thread(self._started.wait, may_end=bool(trap)):
            self.started_in.append(time.monotonic() - began)

    def wait(self) -> None:
        """Wait, where there is no loop, until it answers."""
        self._started.wait()

    async def killed(self, seconds: float) -> bool:
        """Whether it died by itself within this time."""
        return await asyncio.to_thread(self._started.ended, seconds)

    def kill(self) -> None:
        """`kill -9` for every process of it."""
        if self._server is not None:
            self._server.kill()

    def stop(self) -> float:
        """Ask it to stop as an operator would; how long that took."""
        began = time.monotonic()
        self._started.stop()
        return time.monotonic() - began

    def command(self, *words: str) -> str:
        """Run an `inspection` command on the same database; what it printed. It must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "inspection", *words],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _environment(self) -> dict[str, str]:
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return passed_on | to_environment(self.settings)
