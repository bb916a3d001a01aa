"""A server of ours as a process of its own: started, waited for, asked to stop, killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import httpx

from inspection.settings import Settings, to_environment
from tests.habits.tree import ROOT

START_SECONDS = 60.0
STOP_SECONDS = 30.0
PAUSE = 0.03
SERVE = (sys.executable, "-m", "inspection", "serve")


class ServerFailed(RuntimeError):
    """The server did not start or stop as it should; the message ends with what it said."""


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ProductServer:
    """One process that listens on a port of this machine, and what it starts."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], port: int, log: Path
    ) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self._log = log
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    def wait(self, *, may_end: bool = False) -> bool:
        """Wait until it answers; false when it has ended and may. A server that fails leaves
        nothing running and raises ServerFailed.
        """
        deadline = time.monotonic() + START_SECONDS
        with httpx.Client(base_url=self.address, timeout=START_SECONDS) as asking:
            while self.running and time.monotonic() < deadline:
                with suppress(httpx.TransportError):
                    if asking.get("/healthz").is_success:
                        return True
                time.sleep(PAUSE)
        if may_end and not self.running:
            return False
        self._fail()
        return False

    def ended(self, seconds: float) -> bool:
        """Whether it ends by itself within this time."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return not self.running

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Stop it as an operator would; what it started goes with it."""
        self._process.terminate()
        if not self.ended(seconds):
            self._fail()
        self.kill()

    def kill(self) -> None:
        """`kill -9` for every process of it."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def said(self) -> str:
        """What it and all that it started wrote."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _fail(self) -> None:
        self.kill()
        raise ServerFailed(self.said()[-4000:])


def served(settings: Settings, folder: Path) -> ProductServer:
    """A server that answers, with a worker beside it."""
    environment = os.environ | to_environment(settings)
    command = (*SERVE, "--worker")
    server = ProductServer(command, environment, settings.port, folder / "server.log")
    server.wait()
    return server
