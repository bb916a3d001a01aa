"""The server itself, as a process: how it starts, what it loads, how it stops."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from inspection.settings import Settings, to_environment
from inspection.web.serving import PortTaken, with_port
from tests.product_server import ProductServer

START_SECONDS = 30
STOP_SECONDS = 15
SERVE = (
    "import os, sys, inspection.wiring as w; from inspection.settings import from_environment as f;"
    "sys.exit(w.Workshop(f(os.environ)).serve())"
)
LOADED = "import sys, inspection.wiring as w; w.web_app(); print(' '.join(sys.modules))"
NEVER_SERVED = ("weasyprint", "fontTools", "PIL", "piccolo.apps.migrations.auto", "pydoc", "httpx")


@pytest.fixture
def environment(sqlite_url: str, tmp_path: Path) -> dict[str, str]:
    settings = with_port(
        Settings(database_url=sqlite_url, data_dir=str(tmp_path), port=0, access_log=True)
    )
    return {**os.environ, **to_environment(settings)}


@pytest.fixture
def server(environment: dict[str, str], tmp_path: Path) -> Iterator[ProductServer]:
    command, port = [sys.executable, "-c", SERVE], int(environment["MINGCHA_PORT"])
    server = ProductServer(command, environment, port, tmp_path / "said")
    server.wait()
    yield server
    server.kill()


def address(environment: dict[str, str]) -> str:
    return f"http://127.0.0.1:{environment['MINGCHA_PORT']}"


def test_it_answers_logs_a_line_per_request_and_stops_cleanly(environment, server):
    huge = {"content": bytes(6_000_000), "timeout": START_SECONDS}
    for method, path in (("POST", "/api/sessions"), ("PATCH", "/api/photos/" + "0" * 64)):
        # Refused before the body was read, and heard all the same.
        early = httpx.request(method, address(environment) + path, **huge)
        assert early.status_code in (401, 415)
    secret = f"{address(environment)}/verify/secret-of-a-store?x=secret"
    answer = httpx.get(secret, timeout=START_SECONDS)
    assert answer.status_code == 404
    assert len(answer.headers.get_list("date")) == 1
    server.stop(STOP_SECONDS)
    said = server.said()
    assert server.returncode == 0
    lines = [json.loads(line) for line in said.splitlines()]
    assert lines[-1]["status"] == 404
    assert lines[-1]["id"] == answer.headers["x-request-id"]
    assert "secret" not in said


def test_an_upload_that_stalls_does_not_keep_it_from_stopping(environment, server):
    with socket.create_connection(("127.0.0.1", int(environment["MINGCHA_PORT"]))) as stalled:
        stalled.sendall(
            b"POST /api/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b"content-length: 1000\r\n\r\n{"
        )
        time.sleep(0.3)
        server.stop(STOP_SECONDS)


def test_it_does_not_start_on_a_database_nobody_migrated(environment, tmp_path):
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/empty.db"
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE], env=environment, stderr=subprocess.PIPE
    )
    _, said = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 1
    assert b"inspection migrate" in said
    assert said.count(b"\n") == 1


def test_the_web_process_loads_nothing_it_does_not_serve_with(environment):
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [name for name in NEVER_SERVED if name in loaded] == []


def test_a_port_left_open_becomes_a_free_one():
    assert with_port(Settings(port=0)).port > 0


@pytest.fixture
def listening() -> Iterator[int]:
    """A port where somebody listens who would share it, as the server does."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_free_is_kept():
    free = with_port(Settings(port=0)).port
    assert with_port(Settings(port=free)).port == free


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - every address
def test_a_port_somebody_listens_on_is_refused(listening, host):
    with pytest.raises(PortTaken):
        with_port(Settings(host=host, port=listening))


@pytest.mark.parametrize("spoken", ["zh_CN.UTF-8", "en_GB.UTF-8"])
@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_taken_port_is_named_and_another_way_shown(environment, listening, command, spoken):
    words = [sys.executable, "-m", "inspection", command, "--port", str(listening)]
    ended = subprocess.run(
        words, env=environment | {"LC_ALL": spoken}, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert str(listening) in ended.stderr
    assert "--port" in ended.stderr
    assert "make run PORT=" in ended.stderr
