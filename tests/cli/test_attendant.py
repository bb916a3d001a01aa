"""The process beside the server comes back when it dies, and goes when the server goes."""

import os
import signal
import sys
import time

from inspection.cli.attendant import Attendant

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


def test_leaving_does_not_wait_for_the_next_start():
    started = time.monotonic()
    with Attendant([sys.executable, "-c", ""], os.environ, pauses=(60.0,)):
        time.sleep(0.5)
    assert time.monotonic() - started < 10
