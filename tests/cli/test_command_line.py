"""The program as a shell starts it."""

import os
import subprocess
import sys

import pytest

from inspection.shipped import shipped


def test_whoever_stops_reading_gets_no_traceback():
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "inspection", "rubric", "check"]
    command += map(str, sorted(shipped("scorecards").glob("*.toml")))
    ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (141, "")


@pytest.mark.parametrize(
    ("url", "command", "told"),
    [
        ("sqlite:///{folder}/new.db", "round list", "run `inspection migrate` first"),
        ("mysql://host/name", "migrate", "not one that begins with mysql"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence(tmp_path, url, command, told):
    ran = subprocess.run(
        [sys.executable, "-m", "inspection", *command.split()],
        env={**os.environ, "DATABASE_URL": url.format(folder=tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    assert told in ran.stderr
