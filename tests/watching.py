"""Which tests are watched line by line: being watched makes one twice as slow."""

import gc
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import is_hypothesis_test

from tests.engines import ENGINES

WALKS = (
    "tests/documents/test_shapes.py",
    "tests/faults/",
    "tests/habits/test_bench.py",
    "tests/web/pages/test_structure.py",
    "tests/web/scope/",
    "tests/web/test_every_route.py",
    "tests/web/test_hostile_requests.py",
)
"""Tests that go through the whole product, or print the same page over and over, and say of no line
what it should do.
"""

FIRST = "gw0"
"""What the first of the workers of a run is called."""


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Every worker imports every module to collect the tests: one of them is watched doing so. Of
    what comes in nothing goes again, and looking for it took half of the time.
    """
    controller = watching(session.config)
    worker = getattr(session.config, "workerinput", {}).get("workerid", FIRST)
    paused = controller is not None and worker != FIRST
    gc.disable()
    if paused:
        controller.pause()
    try:
        return (yield)
    finally:
        if paused:
            controller.resume()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    """Being watched line by line makes a test and its fixtures twice as slow, so some run
    unwatched: see `repeats`.
    """
    controller = watching(item.config)
    if controller is None or not repeats(item):
        return (yield)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()


def watching(config: pytest.Config) -> Any:
    """What measures coverage; None where nothing does."""
    return getattr(config.pluginmanager.get_plugin("_cov"), "cov_controller", None)


def repeats(item: pytest.Item) -> bool:
    """Whether a line that only this test reaches should count as not covered: one a walk or a
    lucky draw of hypothesis comes by, and one of a test that SQLite has gone through as well.
    """
    callspec = getattr(item, "callspec", None)
    engines = callspec.params.values() if callspec else ()
    twin = "sqlite" in ENGINES and any(one == "postgres" for one in engines)
    walk = item.nodeid.startswith(WALKS)
    return walk or twin or is_hypothesis_test(getattr(item, "obj", None))
