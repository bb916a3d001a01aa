"""A notice whose lines a store's phone answers."""

import pytest

from tests.reviewing import an_issued


@pytest.fixture
async def issued(app, tools):
    """A notice the club has signed for."""
    return await an_issued(tools)
