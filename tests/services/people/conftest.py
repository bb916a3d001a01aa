"""People with a second step."""

import pytest

from tests.services.people.enrolled import enrol


@pytest.fixture
async def wang(province, clock):
    enrolled = await enrol(province)
    clock.go_on(seconds=60)
    return enrolled
