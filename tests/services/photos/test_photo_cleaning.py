"""The cleaner may die of a photo; what becomes of the photo depends on why."""

import subprocess
import sys

import pytest

from inspection.services.photos import photo_cleaning
from inspection.services.photos.photo_cleaning import CleaningFailed, Unusable, make_copies
from inspection.services.photos.photo_pixels import CPU_SECONDS, MEMORY
from tests.submissions import a_photo

PHOTO = a_photo()


@pytest.fixture
def cleaner(tmp_path, monkeypatch):
    """Puts another script in the place of the cleaner."""

    def cleaner(script):
        path = tmp_path / "cleaner.py"
        path.write_text(f"import os, resource, signal, sys\nsys.stdin.buffer.read()\n{script}\n")
        monkeypatch.setattr(photo_cleaning, "SCRIPT", path)

    return cleaner


def test_a_photo_that_takes_too_much_time_is_too_costly(cleaner):
    cleaner("resource.setrlimit(resource.RLIMIT_CPU, (1, 5))\nwhile True: pass")
    assert make_copies(PHOTO) == Unusable("photo.too_costly")


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL"])
def test_a_photo_that_fells_the_decoder_is_broken(cleaner, name):
    cleaner(
        f"resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\nos.kill(os.getpid(), signal.{name})"
    )
    assert make_copies(PHOTO) == Unusable("photo.broken")


def test_a_cleaner_somebody_killed_is_tried_again(cleaner):
    cleaner("os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(CleaningFailed, match="SIGKILL"):
        make_copies(PHOTO)


def test_a_cleaner_with_a_fault_of_its_own_is_not_the_photos_fault(cleaner):
    cleaner("raise RuntimeError('no decoder here')")
    with pytest.raises(CleaningFailed, match="no decoder here"):
        make_copies(PHOTO)


def test_a_cleaner_that_hangs_is_ended(cleaner, monkeypatch):
    monkeypatch.setattr(photo_cleaning, "WALL_SECONDS", 0.3)
    cleaner("import time\ntime.sleep(60)")
    with pytest.raises(CleaningFailed, match="no copies"):
        make_copies(PHOTO)


def test_a_copy_with_more_than_pixels_never_leaves(cleaner, tmp_path):
    leaking = PHOTO[:2] + b"\xff\xfe\x00\x06leak" + PHOTO[2:]
    (tmp_path / "leaking").write_bytes(leaking)
    cleaner(
        "import json\n"
        f"copy = open({str(tmp_path / 'leaking')!r}, 'rb').read()\n"
        "head = {'width': 64, 'height': 48, 'sizes': [len(copy)] * 3}\n"
        "sys.stdout.buffer.write(json.dumps(head).encode() + b'\\n' + copy * 3)"
    )
    with pytest.raises(CleaningFailed, match="segment FE"):
        make_copies(PHOTO)


def test_the_cleaner_knows_nothing_of_us_and_can_write_nothing():
    shown = subprocess.run(
        [sys.executable, "-I", "-c", WHAT_IT_MAY, str(photo_cleaning.SCRIPT)],
        capture_output=True,
        text=True,
        env={},
        check=True,
    ).stdout.split()
    assert shown == [str(MEMORY), str(CPU_SECONDS), "0", "0", "refused"]


WHAT_IT_MAY = """
import os, resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
runpy.run_path(sys.argv[1])["limit"]()
for which in ("AS", "CPU", "FSIZE", "CORE"):
    print(resource.getrlimit(getattr(resource, "RLIMIT_" + which))[0])
try:
    with open("/dev/shm/never" if os.path.isdir("/dev/shm") else "/tmp/never", "wb") as file:
        file.write(b"x")
    print("written")
except OSError:
    print("refused")
finally:
    for path in ("/dev/shm/never", "/tmp/never"):
        if os.path.exists(path):
            os.unlink(path)
"""
