"""Columns of text that line up in a terminal, where a Chinese character takes two places."""

from collections.abc import Sequence
from unicodedata import combining, east_asian_width


def width(text: str) -> int:
    """How many places a text takes."""
    return sum(_places(character) for character in text)


def aligned(rows: Sequence[Sequence[str]], gap: int = 3) -> list[str]:
    """Rows as lines: the first column to the left, numbers in the others to the right."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [_line(row, widths, gap) for row in rows]


def _line(row: Sequence[str], widths: Sequence[int], gap: int) -> str:
    first, *others = (
        (cell, " " * (wide - width(cell))) for cell, wide in zip(row, widths, strict=True)
    )
    cells = [first[0] + first[1], *(blank + cell for cell, blank in others)]
    return (" " * gap).join(cells).rstrip()


def _places(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1
