"""Cells of a table file: what people typed must never run as a formula where the file is opened."""

_STARTS = frozenset("=+-@\t\r\n\0|%＝＋－＠")  # full-width signs work in Chinese spreadsheets too
QUOTE = "'"


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before anything a spreadsheet would take for a formula."""
    return QUOTE + text if text.lstrip(QUOTE)[:1] in _STARTS and text.strip(QUOTE) else text


def original_cell(text: str) -> str:
    """The text `safe_cell` was given: exactly its apostrophe is taken away again."""
    return text[1:] if text[:1] == QUOTE and safe_cell(text[1:]) == text else text
