"""Lines of an issued notice."""

import pytest

from tests.rectifying import issued_lines
from tests.web.pages.rectifications.store_replies import SHOWN


@pytest.fixture
async def lines(app, tools):
    return await issued_lines(tools, **SHOWN)


@pytest.fixture
def line(lines):
    return lines[0]
