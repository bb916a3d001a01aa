"""What jobs are done with: tools on a fresh database, and a press to print with."""

import hashlib
from datetime import UTC, datetime

import pytest

from inspection.documents.press import Press
from inspection.documents.printed import Printed
from inspection.wording import Language, catalogue
from tests.makers import a_province, some_tools

PDF = b"%PDF-1.7 the same every time"


class ReadyPress:
    """A press that has every page lying ready: starting a real one takes longer than everything
    else of a test.
    """

    async def print_bulletin(self, *_):
        return Printed(
            pdf=PDF,
            sha256=hashlib.sha256(PDF).hexdigest(),
            pages=1,
            missing=(),
            warnings=(),
            cpu_ms=0,
            memory_mb=0,
        )

    print_opinion = print_bulletin


@pytest.fixture
async def press(database):
    """The real one on SQLite; what PostgreSQL keeps of a page depends on nothing printed on it."""
    if not database.startswith("sqlite"):
        yield ReadyPress()
        return
    async with Press({language.value: catalogue(language) for language in Language}) as real:
        yield real


@pytest.fixture
async def tools(tools, database):
    """Tools that repeat themselves, with the province in the database."""
    await a_province(tools)
    return tools


@pytest.fixture
async def tools_now(database, tmp_path):
    """Tools on the clock of the wall, with nothing in the database."""
    tools_now = some_tools(tmp_path, lambda: datetime.now(UTC))
    yield tools_now
    tools_now.passwords.close()
