"""Cells of a table file: what people typed must never run as a formula where the file is opened."""

_STARTS = frozenset("=+-@\t\r\n|%＝＋－＠")  # full-width signs work in Chinese spreadsheets too


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before anything a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] in _STARTS and text else text
