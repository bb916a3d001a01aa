"""A sheet is read by the real reader, once in a run: tests of imports send the same few files again
and again, and its process takes longer than what such a test is about. The tests of the reader
always start it.
"""

from hashlib import sha256

import pytest

from inspection.domain.imports.sheet import SheetText
from inspection.spreadsheets import reading
from inspection.spreadsheets.parser import TOO_COSTLY

READ = reading.read_sheet
_KEPT: dict[tuple[object, ...], SheetText] = {}


@pytest.fixture(autouse=True)
def sheets_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the reader made of a content, kept for the next file with the very same bytes."""

    def kept(
        content: bytes, name: str, most_rows: int = reading.MOST_ROWS, *, place: int = 0
    ) -> SheetText:
        asked = (sha256(content).digest(), name, most_rows, place)
        if asked in _KEPT:
            return _KEPT[asked]
        text = READ(content, name, most_rows, place=place)
        # What took too long now may be read in time when the machine is less busy.
        if all(fault.code != TOO_COSTLY for fault in text.faults):
            _KEPT[asked] = text
        return text

    monkeypatch.setattr(reading, "read_sheet", kept)
