"""Comparison with a benchmark: a named peer, the mean of the top quarter, the best, or a target."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from inspection.domain.points import Hundredths, rounded
from inspection.domain.rankings.standing import SectionResult
from inspection.domain.rankings.tally import Tally

QUARTER = 4
WHOLE = 10_000
"""All marks, in hundredths of a per cent."""


class Exact(msgspec.Struct, frozen=True):
    """A unit's or a store's result before any rounding: the whole, and section by section."""

    whole: Fraction
    sections: Mapping[str, Fraction]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the comparison. Ours less theirs; None where one of them has nothing to show."""

    section: str
    full: Hundredths
    ours: Hundredths | None
    theirs: Hundredths | None
    gap: Hundredths | None


def gap(ours: int, benchmark: int) -> Hundredths:
    """Ours less the benchmark. The sign stays: behind is negative, ahead positive."""
    return Hundredths(ours - benchmark)


def of_tally(tally: Tally) -> Exact | None:
    """The mean of the stores of a unit, exactly; None where none is ranked."""
    if not tally.ranked:
        return None
    return Exact(
        Fraction(tally.score, tally.ranked),
        {each.section: Fraction(each.score, each.stores) for each in tally.sections},
    )


def of_scores(score: int, sections: Mapping[str, int | None]) -> Exact:
    """A store's published result."""
    known = {code: Fraction(points) for code, points in sections.items() if points is not None}
    return Exact(Fraction(score), known)


def of_target(share: int, fulls: Mapping[str, int], full: int) -> Exact:
    """The same share of every section's marks, in hundredths of a per cent."""
    sections = {code: Fraction(marks * share, WHOLE) for code, marks in fulls.items()}
    return Exact(Fraction(full * share, WHOLE), sections)


def top_quarter(keys: Sequence[int]) -> int | None:
    """The key up to which the top quarter reaches, rounded up; who is level with the last is in."""
    ordered = sorted(keys)
    return ordered[-(-len(ordered) // QUARTER) - 1] if ordered else None


def mean(peers: Iterable[Exact]) -> Exact | None:
    """The mean of some, each once; a section by those that have it."""
    found = tuple(peers)
    if not found:
        return None
    by_section: dict[str, list[Fraction]] = {}
    for peer in found:
        for code, points in peer.sections.items():
            by_section.setdefault(code, []).append(points)
    sections = {code: _mean(points) for code, points in by_section.items()}
    return Exact(_mean([peer.whole for peer in found]), sections)


def mean_of_stores(stores: Iterable[tuple[int, Iterable[SectionResult]]]) -> Exact | None:
    """The same of many stores' scores and sections, added up before anything is divided."""
    whole = count = 0
    sums: dict[str, list[int]] = {}
    for score, sections in stores:
        whole, count = whole + score, count + 1
        for section in sections:
            if section.score is not None:
                row = sums.setdefault(section.section, [0, 0])
                row[0] += section.score
                row[1] += 1
    if not count:
        return None
    return Exact(
        Fraction(whole, count), {code: Fraction(points, n) for code, (points, n) in sums.items()}
    )


def compared(
    fulls: Mapping[str, int], ours: Exact | None, theirs: Exact | None
) -> tuple[Compared, ...]:
    """Every section, the furthest behind first; what cannot be compared stands last."""
    mine, others = _rounded(ours), _rounded(theirs)
    lines = (_line(code, full, mine.get(code), others.get(code)) for code, full in fulls.items())
    return tuple(sorted(lines, key=lambda line: (line.gap is None, line.gap or 0)))


def whole(full: int, ours: Exact | None, theirs: Exact | None) -> Compared:
    """The comparison of the whole."""
    return _line("", full, _points(ours), _points(theirs))


def _line(code: str, full: int, ours: Hundredths | None, theirs: Hundredths | None) -> Compared:
    both = None if ours is None or theirs is None else gap(ours, theirs)
    return Compared(section=code, full=Hundredths(full), ours=ours, theirs=theirs, gap=both)


def _rounded(found: Exact | None) -> dict[str, Hundredths]:
    if found is None:
        return {}
    return {code: rounded(points, "half_up") for code, points in found.sections.items()}


def _points(found: Exact | None) -> Hundredths | None:
    return None if found is None else rounded(found.whole, "half_up")


def _mean(points: Sequence[Fraction]) -> Fraction:
    return sum(points, Fraction(0)) / len(points)
