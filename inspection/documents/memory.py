"""How much memory this process has ever held."""

import os
import re

_PEAK = re.compile(rb"VmHWM:\s+(\d+) kB")


class PeakMemory:
    """Opened once, because a locked worker opens no files.

    Not `ru_maxrss`: a started process inherits that figure from the server that started it.
    """

    def __init__(self) -> None:
        self._status = os.open("/proc/self/status", os.O_RDONLY)

    def megabytes(self) -> int:
        """The highest resident size so far."""
        peak = _PEAK.search(os.pread(self._status, 8192, 0))
        return int(peak[1]) // 1024 if peak else 0
