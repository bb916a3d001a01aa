"""Regions beside each other, each by the mean of its stores."""

from collections.abc import Iterable, Mapping

from inspection.domain.access import Action, Actor
from inspection.domain.org.region_path import depth, unit_of
from inspection.domain.points import Hundredths
from inspection.domain.rankings.ranking import LINE, RegionSum, region_means
from inspection.domain.rankings.ranking_ladder import CountyKeys, Ladder, Sums, sums_of
from inspection.persistence.engine import read_tx
from inspection.persistence.people import places
from inspection.persistence.people.places import RegionRow, Scope
from inspection.services.people.places import RegionLabel, region_label
from inspection.services.rankings import ranking_counts
from inspection.services.rankings.ranking_figures import NOTHING, ladder_of_list, mean_of
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.ranking_results import RankingAsked, RegionAverage
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
        of = await list_asked(actor, asked)
        return await averages_of(of)


async def averages_of(of: RankingOf) -> tuple[RegionAverage, ...]:
    """The same for a list that was found, in its moment."""
    return await of.moment.fact(("averages", of.list, of.region.path), lambda: _averages(of))


async def _averages(of: RankingOf) -> tuple[RegionAverage, ...]:
    level = BELOW[of.region.level]
    now = _sums_by(await ladder_of_list(of), of.scope, level)
    before = {}
    if of.previous is not None:
        earlier = await ranking_counts.ladder(of.moment, of.stores_of(of.previous))
        before = _sums_by(earlier, of.scope, level)
    expected = await _expected_by(of, level)
    regions = await regions_of(of, level, {**expected, **now})
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


async def regions_of(of: RankingOf, level: str, counted: Iterable[str]) -> dict[str, RegionRow]:
    """The regions of a level as the round knew them: those it counted where they hung then, and of
    the others those that are open and have always been here.
    """
    paths = frozenset(path for path in counted if depth(path) == DEPTH[level])

    async def read() -> dict[str, RegionRow]:
        found = await places.regions_within(of.region.path, (level,))
        names = await places.names_of(paths)
        rows = [names[path] for path in paths] + [
            row for row in found if row.settled and row.path not in paths
        ]
        return {row.path: row for row in sorted(rows, key=lambda row: (row.code, row.path))}

    return await of.moment.fact(("regions", of.region.path, level, paths), read, lasting=True)


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


def _sums_by(ladder: Ladder, scope: Scope, level: str) -> dict[str, Sums]:
    found: dict[str, list[CountyKeys]] = {}
    for path, keys in ladder.counties.items():
        if scope.holds(path):
            found.setdefault(unit_of(path, level), []).append(keys)
    return {path: sums_of(counties, LINE) for path, counties in found.items()}


async def _expected_by(of: RankingOf, level: str) -> dict[str, int]:
    counties = await ranking_counts.assigned(of.moment, of.stores, of.digests)
    found: dict[str, int] = {}
    for path, stores in counties.items():
        if of.scope.holds(path):
            region = unit_of(path, level)
            found[region] = found.get(region, 0) + stores.expected
    return found
