"""Guo, signed in."""

import pytest

from tests.cast import GUO


@pytest.fixture
async def guo(signed_in):
    return await signed_in(GUO)
