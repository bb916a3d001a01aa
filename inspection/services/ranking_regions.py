"""Regions beside each other, each by the mean of its stores."""

from collections.abc import Iterable, Mapping

from inspection.domain.access import Action, Actor
from inspection.domain.points import Hundredths
from inspection.domain.ranking import RegionSum, region_means
from inspection.domain.region_path import branch_of, depth
from inspection.persistence import expected_stores, places, ranking_sums
from inspection.persistence.engine import read_tx
from inspection.persistence.places import RegionRow
from inspection.persistence.ranking_sums import Sums
from inspection.persistence.rankings import RankedList
from inspection.services.places import RegionLabel, region_label
from inspection.services.ranking_figures import NOTHING, mean_of
from inspection.services.ranking_lists import RankingOf, ranking_of
from inspection.services.ranking_results import RankingAsked, RegionAverage
from inspection.services.reach import scope_of

LEVELS = ("province", "branch", "county")
DEPTH = {"branch": 2, "county": 3}
BELOW = {"province": "branch", "branch": "county", "county": "county"}
"""Which regions an overview of a region compares."""


async def region_averages(actor: Actor, asked: RankingAsked) -> tuple[RegionAverage, ...]:
    """The regions right below the chosen one. Those with too few of their stores ranked are shown
    without a place.
    """
    async with read_tx():
        of = await ranking_of(actor, asked.round, asked.store_kind, asked.region_path)
        level = BELOW[of.region.level]
        now = await _sums_by(of.list, level)
        before = await _sums_by(of.before, level) if of.before else {}
        expected = await _expected_by(of, level)
        regions = await _regions_of(of, level, {**expected, **now})
    sums = tuple(_region_sum(path, now, expected) for path in regions)
    return tuple(
        RegionAverage(
            region=region_label(regions[mean.path]),
            average=mean.average,
            change=_change(mean.average, mean_of(before.get(mean.path, NOTHING))),
            ranked=found.ranked,
            expected=found.expected,
            covered=mean.covered,
            rank=mean.rank,
        )
        for found, mean in zip(sums, region_means(sums), strict=True)
    )


async def region_choices(actor: Actor) -> tuple[RegionLabel, ...]:
    """The regions the caller may filter by, the widest first."""
    scope = scope_of(actor, Action.RANKING_READ)
    rows = await places.regions_within(scope.path, LEVELS)
    return tuple(
        region_label(row)
        for row in sorted(rows, key=lambda row: (LEVELS.index(row.level), row.path))
    )


async def _regions_of(of: RankingOf, level: str, counted: Iterable[str]) -> dict[str, RegionRow]:
    """The regions of a level as the round knew them: those it counted where they hung then, and of
    the others those that are open and have always been here.
    """
    found = await places.regions_within(of.region.path, (level,))
    paths = {path for path in counted if depth(path) == DEPTH[level]}
    names = await places.names_of(paths)
    rows = [names[path] for path in paths] + [
        row for row in found if row.settled and row.path not in paths
    ]
    return {row.path: row for row in sorted(rows, key=lambda row: (row.code, row.path))}


def _region_sum(path: str, now: Mapping[str, Sums], expected: Mapping[str, int]) -> RegionSum:
    found = now.get(path, NOTHING)
    return RegionSum(
        path=path,
        score_sum=found.score_sum,
        ranked=found.ranked,
        expected=expected.get(path, 0),
    )


def _change(now: Hundredths | None, before: Hundredths | None) -> Hundredths | None:
    return None if now is None or before is None else Hundredths(now - before)


async def _sums_by(ranking: RankedList, level: str) -> dict[str, Sums]:
    if level == "branch":
        return await ranking_sums.sums_by_branch(ranking)
    return await ranking_sums.sums_by_county(ranking)


async def _expected_by(of: RankingOf, level: str) -> dict[str, int]:
    counties = await expected_stores.expected_by_county(of.round.id, of.digests, of.scope)
    if level != "branch":
        return counties
    branches: dict[str, int] = {}
    for path, stores in counties.items():
        branches[branch_of(path)] = branches.get(branch_of(path), 0) + stores
    return branches
