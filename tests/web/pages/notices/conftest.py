"""A draft of a notice."""

import pytest

from tests.reviewing import a_draft


@pytest.fixture
async def draft(app, tools):
    return await a_draft(tools)
