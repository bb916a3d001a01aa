"""Behind the fetcher stands a second fence: a worker that wanted to could not."""

import subprocess
import sys

import pytest

from tests.habits.tree import ROOT

LOCKED = """
import os, socket, subprocess, sys
from inspection.documents.lockdown import lock_down, readable_roots
lock_down(readable_roots())
try:
    {deed}
except PermissionError as no:
    print("denied", no)
else:
    print("done")
"""

FORBIDDEN = (
    "open('/etc/passwd')",
    "open('/proc/self/environ', 'rb')",
    "open('../../../../../../etc/passwd')",
    "open('/tmp/left-behind', 'w')",
    "open(sys.prefix + '/left-behind', 'w')",
    "os.open('/etc/passwd', os.O_RDONLY)",
    "os.open(sys.prefix + '/left-behind', os.O_CREAT | os.O_WRONLY)",
    "os.remove('/tmp/nothing-there')",
    "os.rename('/tmp/nothing-there', '/tmp/nothing')",
    "os.system('true')",
    "subprocess.run(['true'])",
    "os.fork()",
    "os.execv('/bin/true', ['true'])",
    "socket.create_connection(('127.0.0.1', 9), 1)",
    "socket.getaddrinfo('localhost', 80)",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "socket.socket().bind(('127.0.0.1', 0))",
    "__import__('ctypes').CDLL('libc.so.6')",
)
ALLOWED = ("__import__('colorsys')", "open(os.__file__).read()", "open(os.dup(1), 'wb').close()")


def attempt(deed: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", LOCKED.format(deed=deed)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return run.stdout.partition(" ")[0].strip()


@pytest.mark.parametrize("deed", FORBIDDEN)
def test_a_locked_process_cannot(deed):
    assert attempt(deed) == "denied"


@pytest.mark.parametrize("deed", ALLOWED)
def test_a_locked_process_still_reads_its_own_code(deed):
    assert attempt(deed) == "done"
