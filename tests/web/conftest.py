"""The whole application on a fresh database with the cast, and visitors who call it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from litestar import Litestar

from inspection.persistence.engine import close_database
from inspection.services.tools import Tools
from inspection.settings import Settings
from inspection.web.app import create_app
from tests.cast import Person
from tests.makers import ADDRESS, some_tools
from tests.opening import open_tested
from tests.sheets_read_once import sheets_read_once
from tests.visitor import Visitor

__all__ = ["sheets_read_once"]

SignedIn = Callable[[Person], Awaitable[Visitor]]


@pytest.fixture
def settings() -> Settings:
    """Settings as an operator would leave them."""
    return Settings(public_url=ADDRESS)


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    """The application, built once; each test hands it its own tools and settings."""
    return create_app(some_tools(tmp_path_factory.mktemp("tools")), Settings())


@pytest.fixture
async def province(sqlite_province_url: str) -> AsyncIterator[str]:
    """A database of its own with the province in it, open. Yields its URL."""
    await open_tested(sqlite_province_url)
    yield sqlite_province_url
    await close_database()


@pytest.fixture
def app(province: str, built_app: Litestar, tools: Tools, settings: Settings) -> Litestar:
    """The application with the province in its database."""
    built_app.state.tools, built_app.state.settings = tools, settings
    return built_app


@pytest.fixture
async def postgres_app(
    postgres_province_url: str, built_app: Litestar, tools: Tools, settings: Settings
) -> AsyncIterator[Litestar]:
    """The application with the province in a PostgreSQL database."""
    await open_tested(postgres_province_url)
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
