"""WebKit on a screen of its own, spoken to in the words of the WebDriver standard."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.product_server import free_port

PATIENCE = 40.0
STARTS = 3
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))


class WebKit:
    """The driver and the screen it draws on, started once."""

    def __init__(self, folder: Path) -> None:
        self._log = (folder / "webkit.log").open("wb")
        display, write = os.pipe()
        screen = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "500x1000x24",
            "-nolisten",
            "tcp",
        ]
        self._screen = self._start(screen, {}, pass_fds=(write,))
        os.close(write)
        with os.fdopen(display) as said:
            number = said.readline().strip()
        self._environment = {
            "DISPLAY": f":{number}",
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
        }
        self._drive()

    def browser(self) -> "Browser":
        """A browser nobody used before. Of some hundred that are started one hangs before it says a
        word, and its driver with it: both are given up and started anew.
        """
        for _ in range(STARTS - 1):
            try:
                return self._begun()
            except httpx.ReadTimeout:
                self._give_up()
                self._drive()
        return self._begun()

    def stop(self) -> None:
        """End the driver and the screen."""
        self._give_up()
        self._screen.terminate()
        self._screen.wait(timeout=PATIENCE)
        self._log.close()

    def _drive(self) -> None:
        port = free_port()
        driver = [shutil.which("WebKitWebDriver") or "", f"--port={port}", "--host=127.0.0.1"]
        self._driver = self._start(driver, self._environment, start_new_session=True)
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)
        wait(self._answers)

    def _give_up(self) -> None:
        """The driver, and a browser of its that hangs."""
        self._http.close()
        os.killpg(self._driver.pid, signal.SIGKILL)
        self._driver.wait(timeout=PATIENCE)

    def _begun(self) -> "Browser":
        options = {"binary": str(BROWSERS[-1]), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        capabilities = {"capabilities": wanted}
        made = self._http.post("/session", json=capabilities)
        return Browser(self._http, made.raise_for_status().json()["value"]["sessionId"])

    def _start(
        self, command: list[str], more: dict[str, str], **how: Any
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, env=os.environ | more, stdout=self._log, stderr=self._log, **how
        )

    def _answers(self) -> bool:
        try:
            return self._http.get("/status").is_success
        except httpx.TransportError:
            return False


class Browser:
    """One session."""

    def __init__(self, http: httpx.Client, session: str) -> None:
        self._http = http
        self._path = f"/session/{session}"

    def go(self, url: str) -> None:
        """Open an address."""
        self._ask("/url", {"url": url})

    def run(self, script: str) -> Any:
        """What a piece of script returns."""
        return self._ask("/execute/sync", {"script": script, "args": []})

    def find(self, selector: str) -> str:
        """An element, once it is there and to be seen."""
        return str(wait(lambda: self._seen(selector)))

    def click(self, selector: str) -> None:
        """Tap an element; scripts do it, as nothing glides into the way of them."""
        self.find(selector)
        self.run(f"document.querySelector({selector!r}).click()")

    def type(self, selector: str, text: str) -> None:
        """Type into an element, or choose a file where it takes files."""
        self._ask(f"/element/{self.find(selector)}/value", {"text": text})

    def choose(self, selector: str, path: Path) -> None:
        """Choose a file for an input that may be hidden under its label."""
        self.until(f"document.querySelector({selector!r})")
        found = self._ask("/element", {"using": "css selector", "value": selector})[ELEMENT]
        self._ask(f"/element/{found}/value", {"text": str(path)})

    def until(self, script: str) -> None:
        """Wait until an expression is true on the page."""
        wait(lambda: self.run(f"return Boolean({script})"))

    def close(self) -> None:
        """End the session."""
        self._http.delete(self._path)

    def _seen(self, selector: str) -> str:
        script = (
            f"const it = document.querySelector({selector!r}); return it && it.checkVisibility()"
        )
        if not self.run(script):
            return ""
        found = self._ask("/element", {"using": "css selector", "value": selector})
        return str(found[ELEMENT])

    def _ask(self, path: str, said: dict[str, Any]) -> Any:
        answer = self._http.post(self._path + path, json=said)
        assert answer.is_success, answer.text
        return answer.json()["value"]


def wait(happened: Callable[[], Any]) -> Any:
    """Whatever it returns, once that is something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := happened()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
    return found
