"""The product as an operator starts it: the demo province, a server and a worker."""

import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from inspection.settings import Settings, to_environment
from tests.e2e.demo import DATA, DATABASE
from tests.product_server import free_port, served
from tests.scratch import scratch_folder

PASSWORD = "mingcha-2026"
PATIENCE = 60

STORES_EACH = 2
HIRED_AT_ONCE = 12
"""Inspectors added together: starting a process costs more than adding them."""


class Product:
    """One running product, on a copy of the demo, with inspectors who have something to do."""

    def __init__(self, demo: Path, public: str = "") -> None:
        self._folder = scratch_folder("mingcha-e2e-", megabytes=64)
        shutil.copytree(demo, self._folder, dirs_exist_ok=True)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        settings = Settings(
            database_url=f"sqlite:///{self._folder / DATABASE}",
            data_dir=str(self._folder / DATA),
            public_url=public,
            port=self.port,
        )
        self._environment = os.environ | to_environment(settings)
        self._idle = deque(["inspector", *(f"inspector{number}" for number in range(2, 17))])
        self._hired = 0
        self._server = served(settings, self._folder)

    def run(self, *words: str, typed: str = "") -> None:
        """One of the operator's commands, and what is typed when it asks."""
        self._python("inspection", *words, typed=typed)

    def _python(self, *words: str, typed: str = "") -> None:
        command = [sys.executable, "-m", *words]
        subprocess.run(
            command, env=self._environment, input=typed.encode(), check=True, capture_output=True
        )

    def idle_inspector(self) -> str:
        """Sign-in of an inspector nobody took yet who has a store to visit."""
        while True:
            if not self._idle:
                self._hire()
            name = self._idle.popleft()
            if self._has_work(name):
                return name

    def hire(self, name: str) -> str:
        """Add an inspector who was nowhere yet and has no store to visit; the sign-in."""
        self._python("tests.e2e.hiring", "0", name)
        return name

    def _hire(self) -> None:
        first = self._hired + 1
        self._hired += HIRED_AT_ONCE
        names = [f"hired{number}" for number in range(first, self._hired + 1)]
        self._python("tests.e2e.hiring", str(STORES_EACH), *names)
        self._idle.extend(names)

    def _has_work(self, name: str) -> bool:
        with self.caller(name) as caller:
            listed = caller.get("/api/assignments").json()["assignments"]
        return any(one["state"] == "open" and not one.get("lines") for one in listed)

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
        self._server.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
