"""The demo province of the browser tests: loaded once in a run, then copied."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.scratch import scratch_folder

DATABASE, DATA = "e2e.db", "data"
LOAD = (sys.executable, "-m", "inspection", "demo", "--stores", "48", "--rounds", "2")


def demo_in(shared: Path) -> Path:
    """The folder with the demo's database and data, below one that all processes of a run share:
    the first to come loads it, the others wait.
    """
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.move(_loaded(), folder)
    return folder


def _loaded() -> Path:
    folder = scratch_folder("mingcha-demo-", megabytes=64)
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "MINGCHA_DATA_DIR": str(folder / DATA),
    }
    subprocess.run(LOAD, env=environment, check=True, capture_output=True)
    # Each product would print the letters of the past anew, and no test reads one of them.
    with closing(sqlite3.connect(folder / DATABASE)) as database, database:
        database.execute("DELETE FROM job WHERE kind = 'notice.print'")
    return folder
