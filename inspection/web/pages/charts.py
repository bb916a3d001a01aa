"""Small charts as SVG text. Every shape is an attribute, so the page needs no inline styles."""

from collections.abc import Sequence
from html import escape
from itertools import accumulate
from typing import NamedTuple, Protocol

from markupsafe import Markup

from inspection.domain import points

HEAT_LIMITS = (50, 120, 250, 400)
"""Per mille of a section's full marks: up to 5 %, 12 %, 25 %, 40 %, more."""

TILE_STEPS = (400, 150, 0, -400)
"""How far a mean is above the line, at least: well above, above, at it, not far below, lower."""

BAR_WIDTH = 300
GAP = 2
FADED_FROM = 660
"""Bars beyond two thirds of the whole fade."""

NAME_WIDTH = 36
"""Names under columns need so much room."""

GRID_STEPS = (100, 200, 500, 1000, 2000, 5000)
MOST_GRID_LINES = 4

STRIP_WIDTH = 180
STRIP_EDGE = 6


class Segment(Protocol):
    """A section of a score bar, in hundredths."""

    @property
    def full(self) -> int: ...
    @property
    def lost(self) -> int | None: ...


class Point(NamedTuple):
    """One round of a trend."""

    name: str
    value: int


def heat_step(lost: int | None, full: int) -> int:
    """Which of the five amber steps a loss has; 0 is none."""
    if not lost or not full:
        return 0
    return 1 + sum(lost * 1000 > limit * full for limit in HEAT_LIMITS)


def tile_step(average: int, line: int) -> int:
    """Which of the five amber steps a mean has, the palest far above the line."""
    return 1 + sum(average < line + step for step in TILE_STEPS)


def tile_limits(line: int) -> tuple[int, ...]:
    """The means at which `tile_step` changes."""
    return tuple(line + step for step in TILE_STEPS)


def score_bar(sections: Sequence[Segment], label: str) -> Markup:
    """The product's signature: one segment per section, as wide as its marks; kept, then lost."""
    whole = sum(section.full for section in sections) or 1
    room = BAR_WIDTH - GAP * max(0, len(sections) - 1)
    widths = [room * section.full / whole for section in sections]
    starts = [0.0, *(end + GAP * n for n, end in enumerate(accumulate(widths), 1))]
    parts = (
        _segment(x, width, section)
        for x, width, section in zip(starts, widths, sections, strict=False)
    )
    return Markup(  # noqa: S704 - numbers of ours and an escaped label
        f'<svg class="scorebar" viewBox="0 0 {BAR_WIDTH} 8" preserveAspectRatio="none" '
        f'role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _segment(x: float, width: float, section: Segment) -> str:
    if section.lost is None:
        return f'<rect class="rest" x="{x:.1f}" width="{width:.1f}" height="8" rx="2"/>'
    lost = width * section.lost / section.full if section.full else 0
    whole = f'<rect class="kept" x="{x:.1f}" width="{width:.1f}" height="8" rx="2"/>'
    if not lost:
        return whole
    return whole + f'<rect class="lost" x="{x + width - lost:.1f}" width="{lost:.1f}" height="8"/>'


def loss_bar(lost: int, most: int, cumulative: int) -> Markup:
    """The bar of one item in a list of losses; the name and the numbers stand beside it."""
    width = 100 * lost / most if most else 0
    faded = ' class="fade"' if cumulative > FADED_FROM else ""
    return Markup(  # noqa: S704 - numbers of ours
        '<svg class="lossbar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect{faded} width="{width:.1f}" height="8"/></svg>'
    )


def gap_bar(gap: int | None, most: int) -> Markup:
    """A gap to the left or the right of the middle; its number stands beside it."""
    width = 50 * abs(gap or 0) / most if most else 0
    side = f'class="lost" x="{50 - width:.1f}"' if (gap or 0) < 0 else 'class="kept" x="50"'
    return Markup(  # noqa: S704 - numbers of ours
        '<svg class="gapbar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect {side} y="2" width="{width:.1f}" height="8"/>'
        '<path class="rule" d="M50 0V12"/></svg>'
    )


def strip(rates: Sequence[int], overall: int, top: int) -> Markup:
    """A dot for each rate between nothing and `top`, a mark at what they come to together. It says
    nothing its row does not say in numbers.
    """
    width = STRIP_WIDTH - 2 * STRIP_EDGE
    spots = (STRIP_EDGE + width * rate / (top or 1) for rate in rates)
    dots = "".join(f'<circle class="us" cx="{x:.1f}" cy="10" r="5"/>' for x in spots)
    at = STRIP_EDGE + width * overall / (top or 1)
    return Markup(  # noqa: S704 - numbers of ours
        f'<svg class="svgc strip" viewBox="0 0 {STRIP_WIDTH} 20" aria-hidden="true">'
        f'<path class="rule" d="M0 10H{STRIP_WIDTH}"/>{dots}'
        f'<path class="mark" d="M{at:.1f} 1V19"/></svg>'
    )


def trend(
    values: Sequence[Point],
    label: str,
    width: int = 600,
    target: int | None = None,
    beside: Sequence[int] = (),
) -> Markup:
    """Scores through the rounds as a line, oldest first, the last one labelled; beside it the line
    to reach and what others had in the same rounds, if there is such.
    """
    if len(values) < 2:
        return Markup("")
    plot = _Plot(values, width, target, beside)
    return Markup(  # noqa: S704 - numbers of ours and escaped names
        f'<svg class="svgc" viewBox="0 0 {width} {plot.height}" role="img" '
        f'aria-label="{escape(label)}">{plot.grid()}{plot.reach()}{plot.others()}{plot.line()}{plot.names()}'
        f"{plot.end()}</svg>"
    )


def histogram(buckets: Sequence[tuple[str, int]], label: str, width: int = 600) -> Markup:
    """How many have how much: a column for each, its number above it, its name below."""
    most = max((count for _, count in buckets), default=0)
    if not most:
        return Markup("")
    room = width / len(buckets)
    every = max(1, -(-len(buckets) * NAME_WIDTH // width))
    columns = "".join(
        _column(room, n, count / most, str(count or ""), name if n % every == 0 else "")
        for n, (name, count) in enumerate(buckets)
    )
    return Markup(  # noqa: S704 - numbers of ours and escaped names
        f'<svg class="svgc" viewBox="0 0 {width} 180" role="img" aria-label="{escape(label)}">'
        f'{columns}<path class="rule" d="M0 152H{width}"/></svg>'
    )


def _column(room: float, place: int, share: float, count: str, name: str) -> str:
    height, middle = 124 * share, room * (place + 0.5)
    top = 152 - height
    return (
        f'<rect class="kept" x="{room * place + 2:.1f}" y="{top:.1f}"'
        f' width="{room - 4:.1f}" height="{height:.1f}" rx="2"/>'
        f'<text class="k" x="{middle:.1f}" y="{top - 6:.1f}" text-anchor="middle">{count}</text>'
        f'<text x="{middle:.1f}" y="172" text-anchor="middle">{escape(name)}</text>'
    )


class _Plot:
    """The room a trend is drawn in: values to coordinates."""

    height, left, right, top, bottom = 170, 34, 54, 14, 28

    def __init__(
        self, values: Sequence[Point], width: int, target: int | None, beside: Sequence[int]
    ) -> None:
        self.values, self.target, self.beside = values, target, beside
        self.across = width - self.left - self.right
        found = [point.value for point in values] + ([] if target is None else [target])
        found.extend(beside)
        self.step = _grid_step(max(found) - min(found))
        self.low = min(found) // self.step * self.step
        self.high = -(-max(found) // self.step) * self.step
        self.high += 0 if self.high > self.low else self.step

    def x(self, place: int) -> float:
        return self.left + self.across * place / (len(self.values) - 1)

    def y(self, value: int) -> float:
        down = self.height - self.top - self.bottom
        return self.top + down * (self.high - value) / (self.high - self.low)

    def grid(self) -> str:
        end = self.left + self.across
        return "".join(
            f'<path class="rule" d="M{self.left} {self.y(value):.1f}H{end}"/>'
            f'<text x="{self.left - 8}" y="{self.y(value) + 4:.1f}" text-anchor="end">'
            f"{points.plain(value)}</text>"
            for value in range(self.low, self.high + 1, self.step)
        )

    def reach(self) -> str:
        """The line to reach, named at its left end."""
        if self.target is None:
            return ""
        y, name = self.y(self.target), points.plain(self.target)
        return (
            f'<path class="target" d="M{self.left} {y:.1f}H{self.left + self.across}"/>'
            f'<text class="k" x="{self.left + 4}" y="{y - 4:.1f}">{name}</text>'
        )

    def line(self) -> str:
        spots = [(self.x(n), self.y(point.value)) for n, point in enumerate(self.values)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        dots = "".join(f'<circle class="us" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in spots)
        return f'<polyline class="line" points="{path}"/>{dots}'

    def others(self) -> str:
        spots = (f"{self.x(n):.1f},{self.y(value):.1f}" for n, value in enumerate(self.beside))
        return f'<polyline class="mean" points="{" ".join(spots)}"/>' if self.beside else ""

    def names(self) -> str:
        # Names of a long history would run into each other: about six fit.
        every = -(-len(self.values) // 6)
        last = len(self.values) - 1
        return "".join(
            f'<text x="{self.x(n):.1f}" y="{self.height - 6}" text-anchor="middle">'
            f"{escape(point.name)}</text>"
            for n, point in enumerate(self.values)
            if (last - n) % every == 0
        )

    def end(self) -> str:
        last = self.values[-1].value
        x, y = self.x(len(self.values) - 1) + 10, self.y(last) + 5
        return f'<text class="us b" x="{x:.1f}" y="{y:.1f}">{points.total(last)}</text>'


def _grid_step(spread: int) -> int:
    return next((step for step in GRID_STEPS if spread <= step * MOST_GRID_LINES), GRID_STEPS[-1])
