"""The whole application on a fresh database with the cast, and visitors who call it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from litestar import Litestar

from inspection.services.tools import Tools
from inspection.settings import Settings
from inspection.web.app import create_app
from tests.cast import Person
from tests.makers import ADDRESS, Clock, a_province, some_tools
from tests.visitor import Visitor

SignedIn = Callable[[Person], Awaitable[Visitor]]


@pytest.fixture
def clock() -> Clock:
    """The clock of the tools."""
    return Clock()


@pytest.fixture
def tools(tmp_path: Path, clock: Clock) -> Tools:
    """Tools that repeat themselves."""
    return some_tools(tmp_path, clock)


@pytest.fixture
def settings() -> Settings:
    """Settings as an operator would leave them."""
    return Settings(public_url=ADDRESS)


@pytest.fixture
async def app(sqlite_database: str, tools: Tools, settings: Settings) -> Litestar:
    """The application with the province in its database."""
    await a_province(tools)
    return create_app(tools, settings)


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
