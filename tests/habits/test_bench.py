"""The bench still runs: each part at a size of seconds. What it prints then means nothing."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from bench.__main__ import PARTS
from tests.engines import ENGINES
from tests.habits.tree import ROOT
from tests.scratch import scratch_folder

DATABASES = "all" if "postgres" in ENGINES else "sqlite"
TABLES = {
    "visits": ["Visits: accepted", "Visits with four photos"],
    "ranking": ["Rankings on SQLite", "Rankings as history", "Rankings as the province"],
    "notices": ["Notices printed", "Workers side by side", "Repeated downloads"],
    "planning": ["Plans of a round"],
    "lists": ["Lists on SQLite"],
    "memory": ["Memory", "Start-up"],
    "phone": ["The phone"],
}

TRIED = [pytest.param(part, marks=[pytest.mark.e2e] if part == "phone" else []) for part in TABLES]
"""The phone drives a browser."""


def bench(*words):
    """Run it as `make bench` does."""
    command = [sys.executable, "-m", "bench", *words]
    # Nothing of it counts as tested, and watching every line would make it twice as long.
    unwatched = {name: said for name, said in os.environ.items() if "COVERAGE" not in name}
    return subprocess.run(
        command, cwd=ROOT, env=unwatched, capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder():
    """Not pytest's own: the name of a socket below it would be too long."""
    made = scratch_folder("bench-", megabytes=400)
    # The database server walks into it as a user of its own.
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def test_every_part_is_tried():
    assert set(TABLES) == set(PARTS)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", TRIED)
def test_a_part_prints_its_tables_and_cleans_up(part, folder):
    ran = bench(part, "--tiny", f"--databases={DATABASES}", f"--folder={folder}")
    assert ran.returncode == 0, ran.stderr
    titles = re.findall(r"^### (.+)$", ran.stdout, re.MULTILINE)
    assert [title for title in TABLES[part] if not any(t.startswith(title) for t in titles)] == []
    assert list(folder.iterdir()) == []


def test_an_unknown_part_is_refused_before_anything_is_measured():
    ran = bench("lunch", "--tiny")
    assert ran.returncode == 2
    assert "visits, ranking, notices, planning, lists, memory, phone" in ran.stderr
