"""Databases and tools for tests. `database` runs a test on SQLite and on PostgreSQL, each time on a
fresh, migrated copy; `sqlite_database` on SQLite only. TEST_DATABASES=sqlite leaves PostgreSQL out.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from inspection.persistence.engine import close_database
from inspection.persistence.migrating import migrate
from inspection.services.tools import Tools
from tests.copies_made_once import copies_made_once
from tests.engines import ENGINES
from tests.faults.sizes import sized
from tests.makers import Clock, some_tools
from tests.opening import open_tested
from tests.postgres_server import PostgresServer
from tests.provinces import (
    postgres_province_url,
    province_database,
    province_file,
    province_template,
    province_url,
    sqlite_province_url,
)
from tests.scratch import scratch_folder
from tests.watching import pytest_collection, pytest_runtest_protocol

# Fixtures of a session live here alone: made known in two places they would be made twice.
__all__ = [
    "copies_made_once",
    "postgres_province_url",
    "province_database",
    "province_file",
    "province_template",
    "province_url",
    "pytest_collection",
    "pytest_runtest_protocol",
    "sqlite_province_url",
]

TEMPLATE = "template_migrated"

BROWSER = ("tests/e2e/", "tests/webkit/", "tests/habits/test_bench.py")
"""Where `make test` looks for tests of the browser."""

LONGEST = ("tests/e2e/test_desk_reach.py", "tests/habits/test_bench.py", "tests/webkit/")
"""Few tests that take minutes: begun last, they would leave the other cores idle at the end."""

# What is drawn says whether we are right, never how fast the machine is just now.
settings.register_profile(
    "unhurried",
    deadline=None,
    max_examples=sized(short=50, full=1000),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")


def migrated(url: str) -> str:
    """Migrate with an event loop of its own: fixtures of a session have none."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(migrate(url))).result()
    return url


@pytest.fixture(scope="session")
def fast_folder() -> Iterator[Path]:
    """A folder for databases that need not survive a power cut; in memory when there is room."""
    folder = scratch_folder("mingcha-", megabytes=16)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def tmp_path(fast_folder: Path) -> Iterator[Path]:
    """An empty folder of the test's own. On a disk, making and removing folders for photos takes
    longer than what is tested.
    """
    folder = Path(tempfile.mkdtemp(dir=fast_folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def clock() -> Clock:
    """The clock of the tools."""
    return Clock()


@pytest.fixture
def tools(tmp_path: Path, clock: Clock) -> Iterator[Tools]:
    """Tools that repeat themselves, with that clock and a photo store of their own."""
    tools = some_tools(tmp_path, clock)
    yield tools
    tools.passwords.close()


@pytest.fixture(scope="session")
def sqlite_template(fast_folder: Path) -> Path:
    """A migrated, empty database file; closing it folded the log in, so it can be copied."""
    path = fast_folder / "template.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The one PostgreSQL of this run, started by the first test that wants it."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """Name of a migrated, empty database to copy."""
    postgres_server.create(name=TEMPLATE)
    migrated(postgres_server.url(TEMPLATE))
    return TEMPLATE


@pytest.fixture
def sqlite_url(sqlite_template: Path, fast_folder: Path) -> Iterator[str]:
    """DATABASE_URL of a fresh migrated SQLite file, not open yet."""
    folder = Path(tempfile.mkdtemp(dir=fast_folder))
    path = folder / "mingcha.db"
    shutil.copyfile(sqlite_template, path)
    yield f"sqlite:///{path}"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """DATABASE_URL of a fresh migrated PostgreSQL database, not open yet."""
    name = postgres_server.create(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """DATABASE_URL of a fresh migrated database, once per engine; for what opens it itself."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """A fresh migrated database, open, once per engine. Yields its URL."""
    await open_tested(database_url)
    yield database_url
    await close_database()


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[str]:
    """A fresh migrated SQLite database, open. Yields its URL."""
    await open_tested(sqlite_url)
    yield sqlite_url
    await close_database()


@pytest.fixture
async def postgres_database(postgres_url: str) -> AsyncIterator[str]:
    """A fresh migrated PostgreSQL database, open. Yields its URL."""
    await open_tested(postgres_url)
    yield postgres_url
    await close_database()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last, after the shuffle: their driver keeps an event loop running in this
    thread, and no test with a loop of its own can run beside it. Of those the longest first.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)
    for item in items:
        if item.get_closest_marker("e2e") and not item.nodeid.startswith(BROWSER):
            msg = f"{item.nodeid} drives a browser: nothing runs it but in {', '.join(BROWSER)}"
            raise pytest.UsageError(msg)
