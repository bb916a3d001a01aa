"""The province of the tests in databases to copy, on both engines: filling one takes longer than
most tests.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inspection.persistence.engine import close_database
from tests.engines import ENGINES
from tests.makers import a_province, some_tools
from tests.opening import open_tested
from tests.postgres_server import PostgresServer

TEMPLATE = "template_province"
OTHER_IDS = 1_000_000
"""Ids of the shared province begin here, those a test makes at 1."""


def fill(url: str, folder: Path) -> None:
    """Put the province into a migrated database, in an event loop of its own: fixtures of a
    session have none.
    """
    tools = some_tools(folder, first_id=OTHER_IDS)

    async def filling() -> None:
        await open_tested(url)
        await a_province(tools)
        await close_database()

    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(filling())).result()
    tools.passwords.close()


@pytest.fixture(scope="session")
def province_file(
    sqlite_template: Path, fast_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A database file with the province in it; closing it folded the log in."""
    path = fast_folder / "province.db"
    shutil.copyfile(sqlite_template, path)
    fill(f"sqlite:///{path}", tmp_path_factory.mktemp("province"))
    return path


@pytest.fixture(scope="session")
def province_template(
    postgres_server: PostgresServer,
    postgres_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Name of a PostgreSQL database with the province in it."""
    postgres_server.create(postgres_template, name=TEMPLATE)
    fill(postgres_server.url(TEMPLATE), tmp_path_factory.mktemp("province"))
    return TEMPLATE


@pytest.fixture
def sqlite_province_url(province_file: Path, fast_folder: Path) -> Iterator[str]:
    """DATABASE_URL of a copy of its own, not open yet."""
    folder = Path(tempfile.mkdtemp(dir=fast_folder))
    shutil.copyfile(province_file, folder / "mingcha.db")
    yield f"sqlite:///{folder}/mingcha.db"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_province_url(postgres_server: PostgresServer, province_template: str) -> Iterator[str]:
    """DATABASE_URL of a copy of its own on PostgreSQL, not open yet."""
    name = postgres_server.create(province_template)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=ENGINES)
def province_url(request: pytest.FixtureRequest) -> str:
    """DATABASE_URL of a copy of its own, once per engine, not open yet."""
    return str(request.getfixturevalue(f"{request.param}_province_url"))


@pytest.fixture
async def province_database(province_url: str) -> AsyncIterator[str]:
    """A copy of its own, open, once per engine. Yields its URL."""
    await open_tested(province_url)
    yield province_url
    await close_database()
