"""Comparison with a benchmark."""

from inspection.domain.points import Hundredths


def gap(ours: int, benchmark: int) -> Hundredths:
    """Ours less the benchmark. The sign stays: behind is negative, ahead positive."""
    return Hundredths(ours - benchmark)
