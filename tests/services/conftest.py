"""Tools that repeat themselves, and the province of the tests on both engines."""

from collections.abc import AsyncIterator

import pytest

from inspection.services.tools import Tools
from tests.sheets_read_once import sheets_read_once
from tests.tallies import wrong_tallies

__all__ = ["sheets_read_once"]


@pytest.fixture
async def province(province_database: str, tools: Tools) -> AsyncIterator[Tools]:
    """The province in a database of its own, once per engine. Whatever was done in it, what notices
    say of their lines is what their lines say.
    """
    yield tools
    assert await wrong_tallies() == []
