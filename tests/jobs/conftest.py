"""A press to print with: starting a real one takes longer than everything else of a test."""

import hashlib

import pytest

from inspection.documents.press import Press
from inspection.documents.printed import Printed
from inspection.wording import Language, catalogue

PDF = b"%PDF-1.7 the same every time"


class ReadyPress:
    """A press that has every page lying ready."""

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
