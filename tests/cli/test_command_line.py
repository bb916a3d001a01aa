"""The program as a shell starts it."""

import os
import subprocess
import sys

from inspection.shipped import shipped


def test_whoever_stops_reading_gets_no_traceback():
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "inspection", "rubric", "check"]
    command += map(str, sorted(shipped("scorecards").glob("*.toml")))
    ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (141, "")
