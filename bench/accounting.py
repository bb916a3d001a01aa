"""What a process and its children cost, read from /proc: CPU seconds and resident memory."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter, process_time

import msgspec

TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
MB = 1024 * 1024

Counter = Callable[[], float]
"""CPU seconds up to now."""


class Spent(msgspec.Struct):
    """What a stretch of work took; filled in when it is over."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def spending(*counters: Counter) -> Iterator[Spent]:
    """Measure the block: seconds on the wall, and CPU seconds by the counters together. What asking
    the later ones costs is no part of what the first counts.
    """
    spent = Spent()
    before = [count() for count in reversed(counters)]
    wall_before = perf_counter()
    yield spent
    spent.wall = perf_counter() - wall_before
    spent.cpu = sum(count() for count in counters) - sum(before)


def own_cpu() -> float:
    """CPU seconds of this process, all threads."""
    return process_time()


def cpu_of(*roots: int) -> Callable[[], float]:
    """A counter of the CPU seconds of these processes and everything they started."""
    return lambda: sum(_cpu_seconds(pid) for root in roots for pid in tree(root))


def resident(root: int) -> float:
    """Megabytes of memory a process tree holds; pages it shares within itself count once."""
    return sum(_kilobytes(pid, "smaps_rollup", "Pss:") for pid in tree(root)) / 1024


def largest(root: int) -> float:
    """Megabytes resident (RSS) in the largest process of a tree."""
    return max(_kilobytes(pid, "status", "VmRSS:") for pid in tree(root)) / 1024


def tree(root: int) -> list[int]:
    """A process and its descendants."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (fields := _fields(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def _cpu_seconds(pid: int) -> float:
    fields = _fields(pid)
    if not fields:
        return 0.0
    # utime, stime, and the same of children that have ended and were waited for.
    own, ended = (sum(int(ticks) for ticks in fields[a : a + 2]) / TICK for a in (11, 13))
    # The scheduler counts by the nanosecond, where ticks are of 10 ms, but only threads that live.
    return max(own, _scheduled_seconds(pid)) + ended


def _scheduled_seconds(pid: int) -> float:
    total = 0
    for file in (PROC / str(pid) / "task").glob("*/schedstat"):
        with suppress(OSError):
            total += int(file.read_text(encoding="ascii").split()[0])
    return total / 1e9


def _fields(pid: int) -> list[str]:
    """/proc/PID/stat after the name of the program, which may hold spaces."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _kilobytes(pid: int, file: str, label: str) -> int:
    try:
        text = (PROC / str(pid) / file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    lines = (line.split() for line in text.splitlines() if line.startswith(label))
    return sum(int(line[1]) for line in lines)
