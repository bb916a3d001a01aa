"""The real server as a process that can be killed, stopped and started again on the same port."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import msgspec

from inspection.settings import Settings, to_environment
from tests.e2e.server import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
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
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return self.settings.address

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def launch(self, trap: str = "") -> None:
        """Start the process. With a trap it kills itself at that point, as the power would."""
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= to_environment(self.settings) | {"TRAP": trap}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *self._before,
                    *(sys.executable, "-m", TRAPPED if trap else PLAIN, "serve"),
                    *self._options,
                ],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def start(self, trap: str = "") -> None:
        """Start it and wait until it answers, or until its trap has killed it already."""
        began = time.monotonic()
        self.launch(trap)
        async with httpx.AsyncClient() as client:
            while time.monotonic() < began + START_SECONDS:
                if trap and not self.running:
                    return
                assert self.running, self.said()
                try:
                    if (await client.get(f"{self.address}/healthz")).is_success:
                        self.started_in.append(time.monotonic() - began)
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.03)
        raise AssertionError(self.said())

    def wait(self) -> None:
        """Wait, where there is no loop, until it answers."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.running, self.said()
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/healthz").is_success:
                    return
            time.sleep(0.03)
        raise AssertionError(self.said())

    async def killed(self, seconds: float) -> bool:
        """Whether it died by itself within this time."""
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, seconds)
        return not self.running

    def kill(self) -> None:
        """`kill -9` for every process of it."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self, seconds: float = 30.0) -> float:
        """Ask it to stop as an operator would; how long that took."""
        assert self._process is not None
        began = time.monotonic()
        self._process.terminate()
        try:
            self._process.wait(seconds)
        finally:
            self.kill()
        return time.monotonic() - began

    def said(self) -> str:
        """The end of what it wrote."""
        return self._log.read_text(errors="replace")[-4000:]

    def command(self, *words: str) -> str:
        """Run an `inspection` command on the same database; what it printed. It must succeed."""
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        done = subprocess.run(
            [sys.executable, "-m", "inspection", *words],
            cwd=ROOT,
            env=environment | to_environment(msgspec.structs.replace(self.settings)),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
