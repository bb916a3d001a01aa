"""The index over visit methods: units by covert visits, checks of each other and calls together."""

from collections.abc import Mapping
from fractions import Fraction

import msgspec
from msgspec.structs import replace

from inspection.domain.access import Actor
from inspection.domain.analyses.visit_index import WEIGHTS, Indexed, indexed, part_of
from inspection.domain.points import Hundredths, rounded
from inspection.domain.rankings.unit import UnitSum
from inspection.domain.rounds.round import Round
from inspection.domain.rounds.round_plan import VISIT_KINDS
from inspection.persistence.engine import read_tx
from inspection.services.analyses.analysis_frames import (
    Frame,
    frame_of,
    kinds_used,
    nearest,
    rounds_of,
)
from inspection.services.people.places import RegionLabel, RoundLabel, region_label
from inspection.services.rankings.ranking_lists import RankingOf
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.rankings.units import LEVELS, Counted, added, count_units
from inspection.services.rounds.rounds import round_label

_NONE = UnitSum(tally=added(()).tally, before=added(()).tally, expected=0)


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """A visit method with its weight and the round that stands for it, if there is one."""

    visit_kind: str
    weight: int
    round: RoundLabel | None


class IndexCell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A unit in the round of one method; without `average`, below the coverage, it counts not."""

    average: Hundredths | None
    ranked: int
    expected: int


class IndexRow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit with its index over the parts it has."""

    region: RegionLabel
    found: Indexed
    cells: tuple[IndexCell, ...]


class IndexPage(msgspec.Struct, frozen=True, kw_only=True):
    """Units by their index, the best first; `weights` together make `whole`."""

    frame: Frame
    level: str
    levels: tuple[str, ...]
    methods: tuple[Method, ...]
    weights: Mapping[str, int]
    whole: int
    rows: tuple[IndexRow, ...]
    total: IndexRow


class _Part(msgspec.Struct, frozen=True):
    round: Round
    full: int
    counties: Mapping[str, UnitSum]
    sums: Mapping[str, UnitSum]
    regions: Mapping[str, RegionLabel]


async def index_page(actor: Actor, asked: UnitsAsked, weights: Mapping[str, int]) -> IndexPage:
    """The units of a level by these weights, or the usual ones where none is above nothing. Each
    method is told by the round closest to the one asked for.
    """
    chosen = {kind: weights.get(kind, 0) for kind in VISIT_KINDS if weights.get(kind, 0) > 0}
    chosen = chosen or dict(WEIGHTS)
    async with read_tx():
        counted = await count_units(actor, asked)
        rounds = await _rounds(actor, counted.of, chosen)
        parts: dict[str, _Part] = {}
        for kind, found in rounds.items():
            wanted = replace(
                asked, round=found.code, store_kind=counted.of.store_kind, level=counted.level
            )
            parts[kind] = _part(await count_units(actor, wanted))
    return _page(counted, parts, chosen)


async def _rounds(actor: Actor, of: RankingOf, weights: Mapping[str, int]) -> dict[str, Round]:
    rounds = await rounds_of(of, actor)
    used = await kinds_used(of, rounds)
    found: dict[str, Round] = {}
    for kind in weights:
        choices = [each for each in rounds if each.visit_kind == kind and each.id in used]
        if chosen := nearest(rounds, of.round.id, choices):
            found[kind] = chosen
    return found


def _part(counted: Counted) -> _Part:
    of = counted.of
    return _Part(of.round, of.rubric.full, counted.counties, counted.sums, counted.regions)


def _page(counted: Counted, parts: Mapping[str, _Part], weights: Mapping[str, int]) -> IndexPage:
    of = counted.of
    return IndexPage(
        frame=frame_of(of),
        level=counted.level,
        levels=LEVELS[of.region.level],
        methods=tuple(
            Method(visit_kind=kind, weight=weight, round=_label(parts.get(kind)))
            for kind, weight in weights.items()
        ),
        weights=weights,
        whole=sum(weights.values()),
        rows=_rows(parts, weights),
        total=_total(region_label(of.region), parts, weights),
    )


def _rows(parts: Mapping[str, _Part], weights: Mapping[str, int]) -> tuple[IndexRow, ...]:
    regions = {path: label for part in parts.values() for path, label in part.regions.items()}
    sums = {
        path: {kind: part.sums.get(path, _NONE) for kind, part in parts.items()} for path in regions
    }
    exact = {path: _exact(parts, each) for path, each in sums.items()}
    found = indexed(exact, weights)
    order = sorted(
        regions,
        key=lambda path: (found[path].rank or len(found) + 1, -(found[path].index or -1), path),
    )
    return tuple(
        IndexRow(
            region=regions[path],
            found=found[path],
            cells=_cells(weights, sums[path], exact[path]),
        )
        for path in order
    )


def _total(region: RegionLabel, parts: Mapping[str, _Part], weights: Mapping[str, int]) -> IndexRow:
    whole = {kind: added(part.counties.values()) for kind, part in parts.items()}
    exact = _exact(parts, whole)
    return IndexRow(
        region=region,
        found=replace(indexed({"": exact}, weights)[""], rank=None),
        cells=_cells(weights, whole, exact),
    )


def _exact(parts: Mapping[str, _Part], sums: Mapping[str, UnitSum]) -> dict[str, Fraction]:
    found = {kind: part_of(sums[kind], part.full) for kind, part in parts.items()}
    return {kind: share for kind, share in found.items() if share is not None}


def _cells(
    weights: Mapping[str, int], sums: Mapping[str, UnitSum], exact: Mapping[str, Fraction]
) -> tuple[IndexCell, ...]:
    return tuple(
        IndexCell(
            average=rounded(exact[kind], "half_up") if kind in exact else None,
            ranked=sums[kind].tally.ranked if kind in sums else 0,
            expected=sums[kind].expected if kind in sums else 0,
        )
        for kind in weights
    )


def _label(part: _Part | None) -> RoundLabel | None:
    return None if part is None else round_label(part.round)
