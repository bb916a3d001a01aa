"""What the server asked of the kernel, read from strace: was everything an answer acknowledges
synced before the answer left?
"""

import re
from collections.abc import Iterable
from pathlib import Path

TRACED = "pwrite64,fdatasync,fsync,rename,renameat,renameat2,sendto,sendmsg,write,writev"
COMMAND = ("strace", "-f", "-y", "-qq", "-s", "80", "-e", f"trace={TRACED}", "-o")

_CALL = re.compile(r"(\d+) +(\w+)\((.*)")
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>")
_FILE = re.compile(r"\d+<([^>]*)>")
_NAMES = re.compile(r'"([^"]*)"')
RECEIPT = "HTTP/1.1 201"
REPEATED = "HTTP/1.1 200"
WHOLE_PHOTO = "upload-complete: ?1"


class Written:
    """How often something was written, and up to which of these it is synced."""

    def __init__(self) -> None:
        self.writes = 0
        self.synced = 0
        self._syncing: dict[str, int] = {}

    def write(self) -> None:
        self.writes += 1

    def begin_sync(self, thread: str) -> None:
        self._syncing[thread] = self.writes

    def end_sync(self, thread: str) -> None:
        self.synced = max(self.synced, self._syncing.pop(thread, 0))

    @property
    def lasts(self) -> bool:
        return self.synced == self.writes


class Reading:
    """Follows one trace of a server that is asked one thing at a time."""

    def __init__(self) -> None:
        self.acknowledged = 0
        self.violations: list[str] = []
        self._files: dict[str, Written] = {}
        self._log = Written()
        self._log_before = 0
        self._moved: list[str] = []
        self._waiting: dict[str, Written] = {}

    def read(self, lines: Iterable[str]) -> "Reading":
        for line in lines:
            if begun := _CALL.match(line):
                self._begin(*begun.groups())
            elif resumed := _RESUMED.match(line):
                self._end(resumed[1])
        return self

    def _begin(self, thread: str, call: str, rest: str) -> None:
        if call.startswith("rename"):
            self._rename(*_NAMES.findall(rest)[:2])
        elif call in ("fsync", "fdatasync"):
            self._sync(thread, rest)
        elif found := _FILE.match(rest):
            self._write(found[1], rest)

    def _sync(self, thread: str, rest: str) -> None:
        found = _FILE.match(rest)
        assert found is not None, rest
        file = self._file(found[1])
        file.begin_sync(thread)
        self._waiting[thread] = file
        if "unfinished" not in rest:
            self._end(thread)

    def _end(self, thread: str) -> None:
        if file := self._waiting.pop(thread, None):
            file.end_sync(thread)

    def _file(self, path: str) -> Written:
        if path.endswith("-wal"):
            return self._log
        return self._files.setdefault(path, Written())

    def _write(self, path: str, rest: str) -> None:
        if path.startswith(("socket:", "TCP:")):
            self._answer(rest)
        elif path.startswith("/"):
            self._file(path).write()

    def _rename(self, old: str, new: str) -> None:
        self._files[new] = self._files.pop(old, Written())
        if "/sealed/" in new:
            self._hold(self._files[new].lasts, f"{new} moved before its bytes were synced")
            # Its name lasts once the folder is synced after this moment.
            self._file(str(Path(new).parent)).write()
            self._moved.append(new)

    def _answer(self, rest: str) -> None:
        if not any(mark in rest for mark in (RECEIPT, REPEATED, WHOLE_PHOTO)):
            return
        self.acknowledged += 1
        self._hold(self._log.lasts, "an answer left before the log was synced")
        if WHOLE_PHOTO in rest:
            self._hold(bool(self._moved), "a photo was complete before it was in its place")
        if RECEIPT in rest or WHOLE_PHOTO in rest:
            self._hold(
                self._log.writes > self._log_before, "an answer left before anything was kept"
            )
        for photo in self._moved:
            folder = self._file(str(Path(photo).parent))
            self._hold(folder.lasts, f"{photo} was acknowledged before its folder was synced")
        self._moved.clear()
        self._log_before = self._log.writes

    def _hold(self, kept: bool, violation: str) -> None:
        if not kept:
            self.violations.append(violation)
