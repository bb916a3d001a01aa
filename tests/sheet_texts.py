"""Files of rows for tests that do not care how a file is taken apart."""

import io

from inspection.domain.imports.sheet import MOST_ROWS, SheetText
from inspection.spreadsheets.parser import parse
from inspection.spreadsheets.reading import parsed


def text_of(content: bytes, name: str = "a.csv") -> SheetText:
    """What the file says, read here and now."""
    output = io.BytesIO()
    parse(content, name, MOST_ROWS + 1, output)
    return parsed(output.getvalue())
