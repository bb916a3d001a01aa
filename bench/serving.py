"""The real server and the real worker, each as a process of its own, as an operator starts them."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from inspection.settings import Settings, to_environment
from tests.product_server import free_port

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60.0
STOP_SECONDS = 15.0
POLL_SECONDS = 0.004
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "HOME", "TMPDIR")


class Server(msgspec.Struct, frozen=True):
    """A running server, and how long it took from the command to its first answer."""

    pid: int
    port: int
    started_in: float


@contextmanager
def served(settings: Settings) -> Iterator[Server]:
    """`inspection serve` on a free port of loopback, until the block is left."""
    told = msgspec.structs.replace(settings, host="127.0.0.1", port=free_port(), public_url="")
    with _running("serve", told) as (process, log):
        began = time.perf_counter()
        while not _healthy(told.port):
            if process.poll() is not None or time.perf_counter() - began > START_SECONDS:
                raise RuntimeError(log.read_text(encoding="utf-8") or "the server did not start")
            time.sleep(POLL_SECONDS)
        yield Server(process.pid, told.port, time.perf_counter() - began)


@contextmanager
def working(settings: Settings) -> Iterator[int]:
    """`inspection worker`, until the block is left; yields its process id."""
    with _running("worker", settings) as (process, _):
        yield process.pid


@contextmanager
def _running(command: str, settings: Settings) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    log = Path(settings.data_dir) / f"{command}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "inspection", command],
            cwd=ROOT,
            env={**passed_on, **to_environment(settings)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield process, log
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
