"""Tools that repeat themselves, and the province of the tests on both engines."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from inspection.services.tools import Tools
from tests.makers import Clock, some_tools
from tests.tallies import wrong_tallies


@pytest.fixture
def clock() -> Clock:
    """The clock of the tools."""
    return Clock()


@pytest.fixture
def tools(tmp_path: Path, clock: Clock) -> Iterator[Tools]:
    """Tools with that clock and a photo store of their own."""
    tools = some_tools(tmp_path, clock)
    yield tools
    tools.passwords.close()


@pytest.fixture
async def province(province_database: str, tools: Tools) -> AsyncIterator[Tools]:
    """The province in a database of its own, once per engine. Whatever was done in it, what notices
    say of their lines is what their lines say.
    """
    yield tools
    assert await wrong_tallies() == []
