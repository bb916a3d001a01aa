"""Reads one spreadsheet. Runs as a script, in a process of its own with hard limits: the bytes come
from outside, and parsers have had holes. File on standard input; on standard output lines of JSON.
"""

import resource
import sys
from pathlib import Path

MEMORY = 112 * 1024 * 1024
"""Of addresses; the interpreter and its libraries take some of them without using them."""

CPU_SECONDS = 4
OPEN_FILES = 32


def limit() -> None:  # pragma: no cover - what it does cannot be undone: tested in a process apart
    """Give this process little memory, little time, and no files to write."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # A signal that names the reason first, the one nobody survives a little later.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


if __name__ == "__main__":  # pragma: no cover - only ever true in the process apart
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from inspection.spreadsheets.parser import parse

    limit()
    _, asked_suffix, asked_rows, asked_place = sys.argv
    parse(
        sys.stdin.buffer.read(), asked_suffix, int(asked_rows), sys.stdout.buffer, int(asked_place)
    )
