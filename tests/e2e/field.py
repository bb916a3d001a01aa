"""What the tests of a bad line stand on: a product that phones reach over that line only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.between import Between
from tests.e2e.demo import demo_in
from tests.e2e.product import Product


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The demo province in a folder to copy."""
    folder = tmp_path_factory.getbasetemp()
    # Each process of a run has a folder of its own in the run's.
    return demo_in(folder.parent if hasattr(request.config, "workerinput") else folder)


@pytest.fixture(scope="module")
def line() -> Iterator[Between]:
    """The line, whatever its faults are."""
    line = Between()
    yield line
    line.stop()


@pytest.fixture
def between(line: Between) -> Iterator[Between]:
    """What lies between the phones and the server. Each test begins and ends without faults."""
    line.calm()
    yield line
    line.calm()


@pytest.fixture(scope="module")
def field(line: Between, demo: Path) -> Iterator[Product]:
    """A product that people reach over that line only."""
    field = Product(demo, public=line.address)
    line.behind = field.port
    yield field
    field.stop()
