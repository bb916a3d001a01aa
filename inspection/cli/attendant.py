"""Keeps a process beside the server alive for as long as the server runs."""

import logging
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

STOP_SECONDS = 30
"""How long it may take to stop: a worker lets running jobs finish first."""

PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
"""How long it rests before the first, the second … start after a death; the last goes on."""

STEADY_SECONDS = 60.0
"""A process that lived this long starts the pauses over."""

log = logging.getLogger("inspection.attendant")


class Attendant:
    """Starts the command on entering, again whenever it ends, and stops it on leaving."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._command = command
        self._environment = environment
        self._pauses = pauses
        self._leaving = threading.Event()
        self._process: subprocess.Popen[bytes]
        self._thread = threading.Thread(target=self._attend, daemon=True)

    @property
    def pid(self) -> int:
        """The process that was started last."""
        return self._process.pid

    def __enter__(self) -> Self:
        self._process = self._start()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leaving.set()
        self._thread.join()
        self._stop(self._process)

    def _attend(self) -> None:
        deaths, started = 0, time.monotonic()
        while not self._leaving.wait(0.2):
            if (code := self._process.poll()) is None:
                continue
            deaths = 0 if time.monotonic() - started > STEADY_SECONDS else deaths
            pause = self._pauses[min(deaths, len(self._pauses) - 1)]
            log.warning("the worker ended (%s); starting it again in %g s", code, pause)
            if self._leaving.wait(pause):
                return
            started, deaths = time.monotonic(), deaths + 1
            try:
                self._process = self._start()
            except OSError as fault:  # no memory, no process left: one more death
                log.warning("the worker cannot be started: %s", fault)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command, env=self._environment)  # noqa: S603 - our own command

    @staticmethod
    def _stop(process: "subprocess.Popen[bytes]") -> None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
