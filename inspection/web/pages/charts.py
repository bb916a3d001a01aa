"""Small charts as SVG text. Every shape is an attribute, so the page needs no inline styles."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from markupsafe import Markup

from inspection.domain import points

HEAT_LIMITS = (50, 120, 250, 400)
"""Per mille of a section's full marks: up to 5 %, 12 %, 25 %, 40 %, more."""

BAR_WIDTH = 300
GAP = 2
FADED_FROM = 660


class Segment(Protocol):
    """A section of a score bar, in hundredths."""

    @property
    def full(self) -> int: ...
    @property
    def lost(self) -> int | None: ...


class Loss(Protocol):
    """A bar of a Pareto chart."""

    @property
    def lost(self) -> int: ...
    @property
    def cumulative(self) -> int: ...


def heat_step(lost: int | None, full: int) -> int:
    """Which of the five amber steps a loss has; 0 is none."""
    if not lost or not full:
        return 0
    share = lost * 1000 // full
    return 1 + sum(share > limit for limit in HEAT_LIMITS)


def score_bar(sections: Sequence[Segment], label: str, height: int = 8) -> Markup:
    """The product's signature: one segment per section, as wide as its marks; kept, then lost."""
    whole = sum(section.full for section in sections) or 1
    room = BAR_WIDTH - GAP * (len(sections) - 1)
    parts, x = [], 0.0
    for section in sections:
        width = room * section.full / whole
        parts.append(_segment(x, width, section, height))
        x += width + GAP
    return Markup(  # noqa: S704 - numbers of ours and an escaped label
        f'<svg class="scorebar" viewBox="0 0 {BAR_WIDTH} {height}" preserveAspectRatio="none" '
        f'role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _segment(x: float, width: float, section: Segment, height: int) -> str:
    if section.lost is None:
        return f'<rect class="rest" x="{x:.1f}" width="{width:.1f}" height="{height}" rx="2"/>'
    lost = width * section.lost / section.full if section.full else 0
    bars = f'<rect class="kept" x="{x:.1f}" width="{width:.1f}" height="{height}" rx="2"/>'
    if lost:
        bars += (
            f'<rect class="lost" x="{x + width - lost:.1f}" width="{lost:.1f}" '
            f'height="{height}" rx="2"/>'
        )
    return bars


def pareto(rows: Sequence[tuple[str, Loss]], label: str) -> Markup:
    """Points lost per item, largest first, with the cumulative share at the right."""
    if not rows:
        return Markup("")
    most = rows[0][1].lost or 1
    width, step = 296, 36
    parts = []
    for place, (name, row) in enumerate(rows):
        y = place * step
        faded = ' opacity=".55"' if row.cumulative > FADED_FROM else ""
        parts.append(
            f'<text x="0" y="{y + 13}" class="k">{escape(name)}</text>'
            f'<rect class="lost" x="0" y="{y + 19}" width="{(width - 84) * row.lost / most:.1f}" '
            f'height="8" rx="2"{faded}/>'
            f'<text x="{width - 40}" y="{y + 27}" text-anchor="end" class="k b">'
            f"{points.loss(row.lost)}</text>"
            f'<text x="{width}" y="{y + 27}" text-anchor="end">{round(row.cumulative / 10)}%</text>'
        )
    return Markup(  # noqa: S704 - numbers of ours and escaped names
        f'<svg class="svgc" viewBox="0 0 {width} {step * len(rows) + 4}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def trend(values: Sequence[tuple[str, int]], label: str) -> Markup:
    """Scores through the rounds as a line, oldest first, the last one labelled."""
    if len(values) < 2:
        return Markup("")
    width, height, left, right = 296, 120, 8, 48
    low = min(value for _, value in values)
    high = max(value for _, value in values)
    spread = max(high - low, 100)
    xs = [left + (width - left - right) * n / (len(values) - 1) for n in range(len(values))]
    ys = [14 + (height - 44) * (high - value) / spread for _, value in values]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    dots = "".join(
        f'<circle class="us" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in zip(xs, ys, strict=True)
    )
    names = "".join(
        f'<text x="{x:.1f}" y="{height - 6}" text-anchor="middle">{escape(name)}</text>'
        for x, (name, _) in zip(xs, values, strict=True)
    )
    last = (
        f'<text class="us b" x="{xs[-1] + 8:.1f}" y="{ys[-1] + 4:.1f}">'
        f"{points.total(values[-1][1])}</text>"
    )
    return Markup(  # noqa: S704 - numbers of ours and escaped names
        f'<svg class="svgc" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">'
        f'<polyline class="line" points="{line}"/>{dots}{names}{last}</svg>'
    )
