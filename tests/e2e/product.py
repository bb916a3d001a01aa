"""The product as an operator starts it: the demo province, a server and a worker."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PASSWORD = "mingcha-2026"
PATIENCE = 60

HIRED_AT_ONCE = 12
"""Inspectors added together: starting a process costs more than adding them."""


class Product:
    """One running product with inspectors who have something to do."""

    def __init__(self, folder: Path, public: str = "") -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder / 'e2e.db'}",
            "MINGCHA_DATA_DIR": str(folder / "data"),
            "MINGCHA_PUBLIC_URL": public or self.address,
        }
        self._folder = folder
        self._idle = deque(["inspector", *(f"inspector{number}" for number in range(2, 17))])
        self._hired = 0
        self.run("demo", "--stores", "48", "--rounds", "2")
        self._server = self._start()

    def run(self, *words: str) -> None:
        """One of the operator's commands."""
        command = [sys.executable, "-m", "inspection", *words]
        subprocess.run(command, env=self._environment, check=True, capture_output=True)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "inspection",
            "serve",
            "--worker",
            "--port",
            str(self.port),
        ]
        with (self._folder / "server.log").open("ab") as log:
            server = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.address}/healthz").is_success:
                    return server
            except httpx.TransportError:
                time.sleep(0.1)
        server.terminate()
        raise TimeoutError((self._folder / "server.log").read_text(encoding="utf-8"))

    def idle_inspector(self) -> str:
        """Sign-in of an inspector nobody took yet who has a store to visit."""
        while True:
            if not self._idle:
                self._hire()
            name = self._idle.popleft()
            if self._has_work(name):
                return name

    def _hire(self) -> None:
        first = self._hired + 1
        self._hired += HIRED_AT_ONCE
        names = [f"hired{number}" for number in range(first, self._hired + 1)]
        command = [sys.executable, "-m", "tests.e2e.hiring", *names]
        subprocess.run(command, env=self._environment, check=True, capture_output=True)
        self._idle.extend(names)

    def _has_work(self, name: str) -> bool:
        with self.caller(name) as caller:
            listed = caller.get("/api/assignments").json()["assignments"]
        return any(one["state"] == "open" for one in listed)

    @contextmanager
    def caller(self, name: str) -> Iterator[httpx.Client]:
        """Somebody signed in without a screen."""
        with httpx.Client(base_url=self.address, timeout=PATIENCE) as caller:
            typed = {"sign_in": name, "password": PASSWORD}
            signed_in = caller.post("/api/sessions", json=typed).raise_for_status()
            caller.headers["x-csrf-token"] = signed_in.json()["csrf_token"]
            yield caller

    def stop(self) -> None:
        """Stop the server and its worker, and forget what they wrote."""
        self._server.terminate()
        self._server.wait(timeout=PATIENCE)
        shutil.rmtree(self._folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
