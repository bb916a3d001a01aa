"""The process beside the server comes back when it dies, and goes when the server goes."""

import os
import signal
import sys
import time

from inspection.cli import attendant
from inspection.cli.attendant import Attendant
from inspection.jobs.worker import GRACE_SECONDS

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


def until(condition, seconds=10.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_process_that_dies_is_started_again_and_again():
    with Attendant(SLEEPER, os.environ, pauses=(0.01,)) as attendant:
        for _ in range(2):
            before = attendant.pid
            os.kill(before, signal.SIGKILL)
            until(lambda before=before: attendant.pid != before)
            assert alive(attendant.pid)
    assert not alive(attendant.pid)


def test_a_process_that_cannot_be_started_is_tried_again(tmp_path, caplog):
    command, away = tmp_path / "worker", tmp_path / "away"
    command.write_text("#!/bin/sh\nexec sleep 600\n")
    command.chmod(0o700)
    with Attendant([str(command)], os.environ, pauses=(0.01,)) as attendant:
        before = attendant.pid
        command.rename(away)
        os.kill(before, signal.SIGKILL)
        until(lambda: "cannot be started" in caplog.text)
        away.rename(command)
        until(lambda: attendant.pid != before)
        assert alive(attendant.pid)


def test_a_worker_that_finishes_its_jobs_is_not_cut_off():
    assert attendant.STOP_SECONDS > GRACE_SECONDS + 5


def test_leaving_does_not_wait_for_the_next_start():
    started = time.monotonic()
    with Attendant([sys.executable, "-c", ""], os.environ, pauses=(60.0,)):
        time.sleep(0.5)
    assert time.monotonic() - started < 10
