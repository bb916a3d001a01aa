"""Places in a list: 1-2-2-4 on the rounded score, movement among those ranked both times."""

from collections.abc import Iterable, Mapping
from itertools import accumulate

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import average

LINE = Hundredths(9000)
"""Stores below ninety points are counted apart on every ranking."""

COVERAGE = 80
"""Per cent of a region's stores that must be ranked before the region is."""


class ItemLoss(msgspec.Struct, frozen=True, kw_only=True):
    """What one item cost in all published visits asked for."""

    item: str
    times: int
    lost: int


class ItemShare(msgspec.Struct, frozen=True, kw_only=True):
    """An item's part of all losses and the part of everything down to it, per mille."""

    item: str
    times: int
    lost: int
    share: int
    cumulative: int


class RegionSum(msgspec.Struct, frozen=True, kw_only=True):
    """A region's ranked stores, added up, and how many stores the round expects there."""

    path: str
    score_sum: int
    ranked: int
    expected: int


class RegionMean(msgspec.Struct, frozen=True, kw_only=True):
    """The mean of a region's stores; no place below the coverage."""

    path: str
    average: Hundredths | None
    covered: bool
    rank: int | None


def places(keys: Iterable[int]) -> dict[int, int]:
    """The place of each key, smaller is higher: equal keys share it and the next is skipped."""
    # Ties share a place because managers compare against last month's printed list: 1, 2, 2, 4.
    found: dict[int, int] = {}
    for position, key in enumerate(sorted(keys), 1):
        found.setdefault(key, position)
    return found


def movements(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """Places gained since the round before, counted among the stores ranked in both only."""
    both = sorted(now.keys() & before.keys())
    today = places(now[store] for store in both)
    then = places(before[store] for store in both)
    return {store: then[before[store]] - today[now[store]] for store in both}


def change(
    score: int, full: int, previous_score: int | None, previous_full: int
) -> Hundredths | None:
    """What changed since the round before: points, or hundredths of a percentage point of the rate
    where the full marks differ.
    """
    if previous_score is None:
        return None
    if full == previous_full:
        return Hundredths(score - previous_score)
    return Hundredths(_rate(score, full) - _rate(previous_score, previous_full))


def covered(ranked: int, expected: int) -> bool:
    """Whether enough of a region's stores are ranked for the region to be."""
    return ranked > 0 and ranked * 100 >= expected * COVERAGE


def region_means(sums: tuple[RegionSum, ...]) -> tuple[RegionMean, ...]:
    """Each region's mean of stores, each store once, and its place among the covered ones."""
    scores = {
        region.path: average(region.score_sum, region.ranked) for region in sums if region.ranked
    }
    enough = [region.path for region in sums if covered(region.ranked, region.expected)]
    place = places(-scores[path] for path in enough)
    return tuple(
        RegionMean(
            path=region.path,
            average=scores.get(region.path),
            covered=region.path in enough,
            rank=place[-scores[region.path]] if region.path in enough else None,
        )
        for region in sums
    )


def pareto(losses: Iterable[ItemLoss]) -> tuple[ItemShare, ...]:
    """Items by what they cost, dearest first, with shares of the whole per mille, half up."""
    found = sorted(
        (loss for loss in losses if loss.lost > 0), key=lambda loss: (-loss.lost, loss.item)
    )
    whole = sum(loss.lost for loss in found)
    running = accumulate(loss.lost for loss in found)
    return tuple(
        ItemShare(
            item=loss.item,
            times=loss.times,
            lost=loss.lost,
            share=average(loss.lost * 1000, whole),
            cumulative=average(so_far * 1000, whole),
        )
        for loss, so_far in zip(found, running, strict=True)
    )


def _rate(score: int, full: int) -> int:
    return average(score * 10_000, full)
