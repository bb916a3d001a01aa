"""A phone whose storage outlives its browser, and a hand that takes the power away."""

import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Playwright

from tests.e2e.chromium import CHROMIUM, PHONE


class Profile:
    """A browser that can be killed and started again."""

    def __init__(self, playwright: Playwright, folder: Path, *words: str) -> None:
        self._playwright = playwright
        self._folder = folder
        self._words = words
        self._cookies: list[Any] = []
        self.context = self.start()

    def start(self) -> BrowserContext:
        """Start the browser with what it had stored."""
        for lock in self._folder.glob("Singleton*"):
            lock.unlink()
        launch = self._playwright.chromium.launch_persistent_context
        self.context = launch(
            self._folder, executable_path=CHROMIUM, args=list(self._words), **PHONE
        )
        self.context.add_cookies(self._cookies)
        return self.context

    def note_cookies(self) -> None:
        """Keep the cookies of now over a kill. The browser itself writes them only every half a
        minute, so a phone killed sooner asks for the password again.
        """
        self._cookies = list(self.context.cookies())

    def kill(self) -> None:
        """Take the power away."""
        self.strike()
        self.close()

    def strike(self) -> None:
        """Kill the browser and everything it started, without asking the driver anything."""
        for process in self._browsers():
            os.kill(process, signal.SIGKILL)

    def kill_renderers(self) -> None:
        """Kill what draws the pages, as a phone short of memory does; the browser stays."""
        for process in _below(set(self._browsers())):
            if b"--type=renderer" in _command_of(process):
                os.kill(process, signal.SIGKILL)

    def close(self) -> None:
        """Let go of the browser, dead or alive."""
        try:
            self.context.close()
        except Error:
            return

    def _browsers(self) -> list[int]:
        ours = f"user-data-dir={self._folder}".encode()
        said = {number: _command_of(number) for number in _processes()}
        return [one for one, words in said.items() if ours in words and b"--type=" not in words]


def _processes() -> list[int]:
    return [int(one.name) for one in Path("/proc").glob("[0-9]*")]


def _below(parents: set[int]) -> set[int]:
    """All that these processes started, and what that started."""
    started = {number: _parent_of(number) for number in _processes()}
    found: set[int] = set()
    new = parents
    while new:
        new = {number for number, parent in started.items() if parent in new} - found
        found |= new
    return found


def _parent_of(process: int) -> int:
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(said.rpartition(")")[2].split()[1])


def _command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
