"""What the figures were taken on, and how busy it was meanwhile."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from bench.figures import median, number

SYNCS = 60
MEASURED = ("granian", "litestar", "msgspec", "piccolo", "asyncpg", "weasyprint")


def described(folder: Path, postgres: str) -> str:
    """Machine class, versions, and what the disk and the neighbours allow right now."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    packages = ", ".join(f"{name} {version(name)}" for name in MEASURED)
    return "\n".join(
        (
            f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {python}, "
            f"SQLite {sqlite3.sqlite_version}, PostgreSQL {postgres or 'not measured'}",
            packages,
            f"before the run: load {os.getloadavg()[0]:.1f}, "
            f"fdatasync of 8 KiB {number(sync_milliseconds(folder))} ms (median)",
        )
    )


def sync_milliseconds(folder: Path) -> float:
    """How long the disk takes to promise something."""
    path = folder / "sync.tmp"
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        taken = []
        for place in range(SYNCS):
            os.pwrite(handle, os.urandom(8192), place % 16 * 8192)
            began = perf_counter()
            os.fdatasync(handle)
            taken.append((perf_counter() - began) * 1000)
        return median(taken)
    finally:
        os.close(handle)
        path.unlink()
