"""A phone on the bench: the distribution's Chromium, made slow on purpose, and what it saw."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench.accounting import PROC, resident, tree
from tests.e2e.chromium import CHROMIUM, PHONE

THIN_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_440_000 // 8,
    "uploadThroughput": 1_440_000 // 8,
}
"""150 ms there and back, 1.44 Mbit/s."""

SHOWN = """(selector) => {
  const look = () => {
    if (!document.querySelector(selector)) return requestAnimationFrame(look);
    requestAnimationFrame(() => { window.shownAt = performance.now(); });
  };
  look();
}"""

WATCH = """() => {
  window.longTasks = [];
  window.taps = new Map();
  const watch = (type, note, more = {}) =>
    new PerformanceObserver((seen) => seen.getEntries().forEach(note)).observe({ type, ...more });
  watch("longtask", (task) => window.longTasks.push(task.duration));
  watch("event", (event) => {
    if (event.interactionId)
      window.taps.set(
        event.interactionId,
        Math.max(event.duration, window.taps.get(event.interactionId) ?? 0),
      );
  }, { durationThreshold: 16 });
}"""


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """The browser, until the block is left."""
    with sync_playwright() as playwright:
        # Without it the collector of the page cannot be told to run.
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--js-flags=--expose-gc"]
        )
        yield started
        started.close()


def handset(started: Browser) -> BrowserContext:
    """A phone nobody used before."""
    return started.new_context(**PHONE)


def slowed(page: Page, *, times: int = 1, thin: bool = False) -> CDPSession:
    """Make the page's processor so many times slower, and its line thin."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    if thin:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", THIN_LINE)
    return session


def shown_after(page: Page, address: str, selector: str) -> float:
    """Milliseconds from the start of the navigation until `selector` is on the screen."""
    page.add_init_script(f"({SHOWN})({selector!r})")
    page.goto(address)
    page.wait_for_function("() => window.shownAt")
    return float(page.evaluate("() => window.shownAt"))


def watch(page: Page) -> None:
    """From now on note long tasks, and how long each tap waited for its paint."""
    page.evaluate(WATCH)


def taps(page: Page, count: int) -> list[float]:
    """Milliseconds from each of the last taps to the next paint, longest last."""
    # One frame and one task later the browser has told of the last one.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    told = page.evaluate("() => [...window.taps.values()]")
    # What took less than a frame is not told.
    return sorted([*told, *[16.0] * (count - len(told))])


def longest_task(page: Page) -> float:
    """Milliseconds of the longest task since the watch began; 0 where none took 50."""
    return float(page.evaluate("() => Math.max(0, ...window.longTasks)"))


def heap(page: Page) -> float:
    """Megabytes the page's objects take once the collector has been."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    used = next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")
    return float(used) / 1024**2


def renderer_memory() -> float:
    """Megabytes of the largest renderer among our children; pages it shares count in part."""
    renderers = [pid for pid in tree(os.getpid()) if b"--type=renderer" in _command_of(pid)]
    return max(map(resident, renderers))


def _command_of(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""
