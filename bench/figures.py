"""Figures as people read them: medians, ratios, goals, and tables that paste into a document."""

import statistics
import unicodedata
from collections.abc import Iterable, Sequence

Row = Sequence[str]


def median(values: Iterable[float]) -> float:
    """The middle of repeated measurements."""
    return statistics.median(values)


def number(value: float) -> str:
    """Three significant digits, no more than a noisy machine can give."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(value: float, floor: float) -> str:
    """How often the floor fits into the value."""
    return f"{number(value / floor)}x" if floor else "-"


def within(value: float, goal: float) -> str:
    """A goal that is an upper bound, and whether it is kept."""
    return f"≤ {goal:g} {'met' if value <= goal else 'MISSED'}"


def at_least(value: float, goal: float) -> str:
    """A goal that is a lower bound, and whether it is kept."""
    return f"≥ {goal:g} {'met' if value >= goal else 'MISSED'}"


def table(title: str, columns: Row, rows: Iterable[Row], note: str = "") -> str:
    """A titled table in Markdown whose columns line up on a terminal too."""
    lines = [list(columns), *(list(row) for row in rows)]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(columns))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    body = [_line(lines[0], widths), _line(rule, widths), *(_line(x, widths) for x in lines[1:])]
    return "\n".join([f"### {title}", "", *([note, ""] if note else []), *body, ""])


def _line(cells: Row, widths: Sequence[int]) -> str:
    padded = [
        cell + _gap(cell, width) if place == 0 else _gap(cell, width) + cell
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def _gap(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
