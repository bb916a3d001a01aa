"""Who a scorecard is compared with: units of the same level, or stores, the reader may see."""

from collections.abc import Mapping

import msgspec

from inspection.domain.access import Actor
from inspection.domain.rankings import benchmark
from inspection.domain.rankings.benchmark import Exact
from inspection.domain.rankings.unit import Unit, UnitSum, units
from inspection.domain.refusals import NotFound
from inspection.persistence.org import store_standings
from inspection.persistence.org.store_standings import StoreStanding
from inspection.services.people.places import RegionLabel, map_of
from inspection.services.rankings.ranking_lists import RankingOf
from inspection.services.rankings.scorecard_results import Benchmark
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.rankings.units import count_units

WAYS = ("top", "best", "target")
"""Benchmarks that need no name."""

Chosen = tuple[Benchmark, Exact | None]
"""A benchmark and what it got; None where nobody is there to compare with."""


class Peers(msgspec.Struct, frozen=True):
    """The units beside the one asked about, itself among them; none beside the reader's whole."""

    sums: Mapping[str, UnitSum]
    regions: Mapping[str, RegionLabel]

    def ranked(self) -> dict[str, Unit]:
        """Those with a place."""
        return {path: unit for path, unit in units(self.sums).items() if unit.rank is not None}

    def exact(self, path: str) -> Exact | None:
        """One of them, exactly."""
        return benchmark.of_tally(self.sums[path].tally)


async def peers_of(actor: Actor, of: RankingOf) -> Peers:
    """The units of the same level in the reader's own part of the tree."""
    level = of.region.level
    frame = UnitsAsked(
        round=of.round.code,
        store_kind=of.store_kind,
        ownership=of.ownership,
        level="branch" if level == "branch" else "county",
    )
    counted = await count_units(actor, frame)
    if counted.level != level or of.region.path == counted.of.region.path:
        return Peers({}, {})
    return Peers(counted.sums, counted.regions)


def unit_benchmark(of: RankingOf, peers: Peers, against: str) -> Chosen:
    """The benchmark of a unit. Raises NotFound for one nobody may compare with."""
    if against == "target":
        return target(of)
    if against not in WAYS:
        if against not in peers.regions:
            raise NotFound(noun="region")
        return Benchmark(kind="named", region=peers.regions[against], peers=1), peers.exact(against)
    ranked = peers.ranked()
    places = [unit.rank or 0 for unit in ranked.values()]
    last = benchmark.top_quarter(places) if against == "top" else min(places, default=0)
    chosen = [path for path, unit in ranked.items() if (unit.rank or 0) <= (last or 0)]
    found = benchmark.mean(each for path in chosen if (each := peers.exact(path)))
    only = peers.regions[chosen[0]] if len(chosen) == 1 else None
    return Benchmark(kind=against, region=only, peers=len(chosen)), found


async def store_benchmark(of: RankingOf, against: str) -> Chosen:
    """The benchmark of a store among those of the region asked for."""
    if against == "target":
        return target(of)
    if against not in WAYS:
        named = await store_standings.find_standing(of.list, against)
        if named is None:
            raise NotFound(noun="store")
        return await _of_stores("named", (named,))
    if against == "best":
        return await _of_stores(against, await store_standings.best_standings(of.list, 1))
    quarter = max(1, -(-await store_standings.count_ranked(of.list) // benchmark.QUARTER))
    found = await store_standings.best_results(of.list, quarter)
    if len(found) == 1:
        return await _of_stores(against, await store_standings.best_standings(of.list, 1))
    return Benchmark(kind=against, peers=len(found)), benchmark.mean_of_stores(found)


def target(of: RankingOf) -> Chosen:
    """The line of the round as a share of every section's marks."""
    # The line is out of a hundred points: so many points are so many per cent.
    share = of.line
    fulls = {column.section: column.full for column in of.columns}
    found = benchmark.of_target(share, fulls, of.rubric.full)
    return Benchmark(kind="target", share=share), found


def exact_of(store: StoreStanding) -> Exact:
    """A store's result, exactly as published."""
    return benchmark.of_scores(store.score, {each.section: each.score for each in store.sections})


async def _of_stores(kind: str, stores: tuple[StoreStanding, ...]) -> Chosen:
    label = None
    if len(stores) == 1:
        names = await map_of([stores[0].region_path])
        label = names.store(
            stores[0].code, stores[0].name, stores[0].store_kind, stores[0].region_path
        )
    found = benchmark.mean(exact_of(store) for store in stores)
    return Benchmark(kind=kind, store=label, peers=len(stores)), found
