"""Comparison with a benchmark, and the index over several kinds of visit."""

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from inspection.domain.points import Hundredths, rounded


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator beside its benchmark. The sign stays: behind is negative, ahead positive."""

    indicator: str
    ours: Hundredths
    benchmark: Hundredths
    gap: Hundredths


def gap(ours: int, benchmark: int) -> Hundredths:
    """Ours less the benchmark."""
    return Hundredths(ours - benchmark)


def gaps(ours: Mapping[str, int], benchmark: Mapping[str, int]) -> tuple[Gap, ...]:
    """Every indicator both sides have, furthest behind first."""
    found = [
        Gap(
            indicator=name,
            ours=Hundredths(ours[name]),
            benchmark=Hundredths(benchmark[name]),
            gap=gap(ours[name], benchmark[name]),
        )
        for name in ours
        if name in benchmark
    ]
    return tuple(sorted(found, key=lambda row: (row.gap, row.indicator)))


def weighted_index(
    scores: Mapping[str, int | None], weights: Mapping[str, int]
) -> Hundredths | None:
    """The index over the parts that are present, their weights made whole again; None without any.
    Weights may be in any unit.
    """
    present = [
        (score, weights[part])
        for part, score in scores.items()
        if score is not None and weights.get(part)
    ]
    if not present:
        return None
    whole = sum(weight for _, weight in present)
    exact = Fraction(sum(score * weight for score, weight in present), whole)
    return rounded(exact, "half_up")
