"""How scores are spread: how many stores got how much, the middle, the quarters."""

from collections.abc import Mapping
from itertools import accumulate

import msgspec

from inspection.domain.points import Hundredths

STEPS = (100, 200, 500, 1000)
MOST_BUCKETS = 20


class Bucket(msgspec.Struct, frozen=True):
    """Stores that scored from `low` up to, not including, `high`; full marks are in the last."""

    low: Hundredths
    high: Hundredths
    stores: int


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """The spread of some scores. The quarters are scores that somebody really got."""

    stores: int
    lowest: Hundredths
    lower: Hundredths
    middle: Hundredths
    upper: Hundredths
    highest: Hundredths
    buckets: tuple[Bucket, ...]


def spread(counts: Mapping[int, int], full: int) -> Spread | None:
    """The spread of scores, told how often each was got; None of nothing."""
    if not counts:
        return None
    ordered = sorted(counts)
    stores = sum(counts.values())
    return Spread(
        stores=stores,
        lowest=Hundredths(ordered[0]),
        lower=_at(counts, (stores + 3) // 4),
        middle=_at(counts, (stores + 1) // 2),
        upper=_at(counts, (3 * stores + 3) // 4),
        highest=Hundredths(ordered[-1]),
        buckets=_buckets(counts, full),
    )


def _at(counts: Mapping[int, int], place: int) -> Hundredths:
    """The score at a place, counted from the lowest."""
    ordered = sorted(counts)
    so_far = accumulate(counts[score] for score in ordered)
    found = next(score for score, reached in zip(ordered, so_far, strict=True) if reached >= place)
    return Hundredths(found)


def _buckets(counts: Mapping[int, int], full: int) -> tuple[Bucket, ...]:
    low, top = min(counts), max(full, *counts)
    step = next((step for step in STEPS if (top - low) // step < MOST_BUCKETS), STEPS[-1])
    last = (top - 1) // step
    sums: dict[int, int] = {}
    for score, stores in counts.items():
        bucket = min(score // step, last)
        sums[bucket] = sums.get(bucket, 0) + stores
    return tuple(
        Bucket(Hundredths(n * step), Hundredths(min((n + 1) * step, top)), sums.get(n, 0))
        for n in range(min(sums), last + 1)
    )
