"""The product as people run it: a server and its worker, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from inspection.settings import Settings, to_environment

START_SECONDS = 60
STOP_SECONDS = 30


class ServerFailed(RuntimeError):
    """The server did not start or stop as it should; the message ends with what it said."""


class Server:
    """One running server with one worker."""

    def __init__(self, database_url: str, folder: Path) -> None:
        settings = Settings(database_url=database_url, data_dir=str(folder), port=free_port())
        self.address = settings.address
        self._log = folder / "server.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "inspection", "serve", "--worker"],
                env=os.environ | to_environment(settings),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server as an operator would; its worker goes with it."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            raise ServerFailed(self.said()) from None

    def said(self) -> str:
        """The end of what the server and the worker wrote."""
        return self._log.read_text(errors="replace")[-4000:]

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.address}/healthz").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        os.killpg(self._process.pid, signal.SIGKILL)
        raise ServerFailed(self.said())


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
