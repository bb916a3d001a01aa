"""Both engines on a real disk with everything switched on that makes a commit durable, and the
table of what was counted.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.conftest import migrated
from tests.engines import ENGINES
from tests.faults import figures
from tests.faults.product import Product
from tests.postgres_server import PostgresServer

SEED = 20261121
Make = Callable[..., Product]


@pytest.fixture
def random() -> Random:
    """The same numbers in every run; tasks that share them draw as they happen to come."""
    return Random(SEED)


@pytest.fixture(scope="session")
def durable_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL whose commits survive a power cut."""
    folder = Path(tempfile.mkdtemp(prefix="mingcha-faults-pg-"))
    server = PostgresServer(durable=True, folder=folder)
    yield server
    server.close()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder on a real disk."""
    made = Path(tempfile.mkdtemp(prefix="mingcha-faults-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, engine: str, folder: Path) -> Iterator[str]:
    """A fresh migrated database of this engine, on the disk."""
    if engine == "sqlite":
        yield migrated(f"sqlite:///{folder / 'mingcha.db'}")
        return
    server: PostgresServer = request.getfixturevalue("durable_postgres")
    name = server.create()
    yield migrated(server.url(name))
    server.drop(name)


@pytest.fixture
def sqlite_on_disk(folder: Path) -> str:
    """A fresh migrated SQLite on the disk, for what is about that engine alone."""
    return migrated(f"sqlite:///{folder / 'mingcha.db'}")


@pytest.fixture
def product_of(folder: Path) -> Iterator[Make]:
    """Makes servers that are gone when the test is, whatever became of it."""
    made: list[Product] = []

    def make(database_url: str, **options: object) -> Product:
        made.append(Product(database_url, folder, **options))
        return made[-1]

    yield make
    for product in made:
        product.kill()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table, once everything ran."""
    if figures.ROWS:
        terminalreporter.section("faults")
        for line in figures.table():
            terminalreporter.write_line(line)
