"""The image of a seal as it may be kept: its pixels alone, made anew in a process apart."""

import subprocess
import sys
from pathlib import Path

from inspection.domain.refusals.notices import SealRefused

LARGEST = 1_000_000
WALL_SECONDS = 20.0

SCRIPT = Path(__file__).with_name("seal_pixels.py")


def seal_of(image: bytes) -> bytes:
    """A PNG of the pixels alone, transparent where it was. Raises SealRefused."""
    if len(image) > LARGEST:
        raise SealRefused
    try:
        ran = subprocess.run(  # noqa: S603  our own interpreter and script
            [sys.executable, "-I", str(SCRIPT)],
            input=image,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise SealRefused from slow
    if ran.returncode or not ran.stdout:
        raise SealRefused
    return ran.stdout
