"""The whole application on a fresh database with the cast, and visitors who call it."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from litestar import Litestar

from inspection.persistence.engine import close_database, open_database
from inspection.services.tools import Tools
from inspection.settings import Settings
from inspection.web.app import create_app
from tests.cast import Person
from tests.makers import ADDRESS, Clock, a_province, some_tools
from tests.visitor import Visitor

OTHER_IDS = 1_000_000
"""Ids of the shared province begin here, those a test makes at 1."""

SignedIn = Callable[[Person], Awaitable[Visitor]]


@pytest.fixture
def clock() -> Clock:
    """The clock of the tools."""
    return Clock()


@pytest.fixture
def tools(tmp_path: Path, clock: Clock) -> Iterator[Tools]:
    """Tools that repeat themselves."""
    tools = some_tools(tmp_path, clock)
    yield tools
    tools.passwords.close()


@pytest.fixture
def settings() -> Settings:
    """Settings as an operator would leave them."""
    return Settings(public_url=ADDRESS)


@pytest.fixture(scope="session")
def province_file(
    sqlite_template: Path, fast_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A database file with the province in it, to copy: filling it takes longer than most tests."""
    path = fast_folder / "province.db"
    shutil.copyfile(sqlite_template, path)
    tools = some_tools(tmp_path_factory.mktemp("province"), first_id=OTHER_IDS)

    async def fill() -> None:
        await open_database(f"sqlite:///{path}")
        await a_province(tools)
        await close_database()

    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(fill())).result()
    return path


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    """The application, built once; each test hands it its own tools and settings."""
    return create_app(some_tools(tmp_path_factory.mktemp("tools")), Settings())


@pytest.fixture
async def province(province_file: Path, fast_folder: Path) -> AsyncIterator[str]:
    """A database of its own with the province in it, open. Yields its URL."""
    folder = Path(tempfile.mkdtemp(dir=fast_folder))
    shutil.copyfile(province_file, folder / "mingcha.db")
    await open_database(f"sqlite:///{folder}/mingcha.db")
    yield f"sqlite:///{folder}/mingcha.db"
    await close_database()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def app(province: str, built_app: Litestar, tools: Tools, settings: Settings) -> Litestar:
    """The application with the province in its database."""
    built_app.state.tools, built_app.state.settings = tools, settings
    return built_app


@pytest.fixture
async def postgres_app(
    postgres_url: str, built_app: Litestar, tools: Tools, settings: Settings
) -> AsyncIterator[Litestar]:
    """The application with the province in a PostgreSQL database."""
    await open_database(postgres_url, pool_min=0, pool_max=5)
    await a_province(tools)
    built_app.state.tools, built_app.state.settings = tools, settings
    yield built_app
    await close_database()


@pytest.fixture
async def visitor(app: Litestar) -> AsyncIterator[Visitor]:
    """Somebody nobody knows."""
    visitor = Visitor(app)
    async with visitor.http:
        yield visitor


@pytest.fixture
async def signed_in(app: Litestar) -> AsyncIterator[SignedIn]:
    """`li = await signed_in(LI)`: each call is a browser of its own."""
    async with AsyncExitStack() as stack:

        async def signed_in(person: Person) -> Visitor:
            visitor = Visitor(app)
            await stack.enter_async_context(visitor.http)
            answer = await visitor.sign_in(person)
            assert answer.status_code == 201, answer.text
            return visitor

        yield signed_in
