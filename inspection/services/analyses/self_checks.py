"""Self checks beside covert visits: what stores say of themselves and what visitors found there."""

from collections.abc import Mapping

import msgspec

from inspection.domain.access import Actor
from inspection.domain.analyses.self_check import (
    Beside,
    ItemGap,
    Pairs,
    added,
    beside,
    item_gaps,
)
from inspection.domain.org.region_path import unit_of
from inspection.domain.points import Hundredths
from inspection.domain.rounds.planning import SELF_CHECK
from inspection.domain.rounds.round import Round
from inspection.domain.rubrics.rubric import Item, Rubric, Text
from inspection.persistence.analyses import self_checks
from inspection.persistence.engine import read_tx
from inspection.persistence.people.places import RegionRow
from inspection.services.analyses.analysis_frames import (
    Frame,
    frame_of,
    kinds_used,
    nearest,
    rounds_of,
)
from inspection.services.people.places import RegionLabel, RoundLabel, region_label
from inspection.services.rankings.kept_figures import by_county
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.ranking_regions import regions_of
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.rankings.units import LEVELS, level_of
from inspection.services.rounds.rounds import round_label
from inspection.services.rubrics.rubrics import rubric_of

COVERT = "mystery_visit"


class UnitGap(msgspec.Struct, frozen=True, kw_only=True):
    """A unit by the means of its `stores` that have a result both times."""

    region: RegionLabel
    stores: int
    found: Beside


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """An item by its mean losses per visit. Not `comparable`: the two rubrics do not both have it
    with the same marks.
    """

    title: Text
    full: Hundredths | None
    gap: ItemGap
    comparable: bool


class SelfChecksPage(msgspec.Struct, frozen=True, kw_only=True):
    """A round of self checks beside another of the same stores; `own` and `seen` are None where
    there is no such pair of rounds. The kindest units and the most hidden items come first.
    """

    frame: Frame
    own: RoundLabel | None
    seen: RoundLabel | None
    against: str
    choices: tuple[RoundLabel, ...]
    level: str
    levels: tuple[str, ...]
    comparable: bool
    own_visits: int
    seen_visits: int
    whole: UnitGap
    rows: tuple[UnitGap, ...]
    items: tuple[ItemRow, ...]


class _Rounds(msgspec.Struct, frozen=True):
    own: Round
    seen: Round
    own_rubric: Rubric
    seen_rubric: Rubric


async def self_checks_page(actor: Actor, asked: UnitsAsked, against: str = "") -> SelfChecksPage:
    """The round asked for beside one of the other sort: the one with the code `against`, or the
    closest. Raises NotAllowed, or NotFound for what is not there or out of reach.
    """
    async with read_tx():
        of = await list_asked(actor, asked)
        choices, other = await _others(actor, of, against)
        two = await _both(of, other) if other else None
        counties = await _pairs(of, two) if two else {}
        level = level_of(of, asked)
        units = _by_level(counties, level)
        regions = await regions_of(of, level, units)
    whole = added(counties.values())
    return SelfChecksPage(
        frame=frame_of(of),
        own=round_label(two.own) if two else None,
        seen=round_label(two.seen) if two else None,
        against=other.code if other else "",
        choices=tuple(round_label(each) for each in choices),
        level=level,
        levels=LEVELS[of.region.level],
        comparable=two is None or two.own_rubric.full == two.seen_rubric.full,
        own_visits=whole.own_visits,
        seen_visits=whole.seen_visits,
        whole=_unit(region_label(of.region), whole),
        rows=_units(units, regions),
        items=_items(two, whole) if two else (),
    )


async def _others(
    actor: Actor, of: RankingOf, against: str
) -> tuple[tuple[Round, ...], Round | None]:
    """The rounds the one asked for can stand beside, and the one it does."""
    rounds = await rounds_of(of, actor)
    used = await kinds_used(of, rounds)
    own = of.round.visit_kind == SELF_CHECK
    choices = tuple(
        each for each in rounds if (each.visit_kind == SELF_CHECK) != own and each.id in used
    )
    named = next((each for each in choices if each.code == against), None)
    covert = [each for each in choices if each.visit_kind in (COVERT, SELF_CHECK)]
    return choices, named or nearest(rounds, of.round.id, covert or choices)


async def _both(of: RankingOf, other: Round) -> _Rounds:
    used = await kinds_used(of, (other,))
    rubric = await rubric_of(used[other.id])
    if of.round.visit_kind == SELF_CHECK:
        return _Rounds(of.round, other, of.rubric, rubric)
    return _Rounds(other, of.round, rubric, of.rubric)


async def _pairs(of: RankingOf, two: _Rounds) -> Mapping[str, Pairs]:
    seen = of.stores_of(two.seen)
    counties = await by_county(
        of.moment,
        ("pairs", two.own.id, seen),
        lambda paths: self_checks.pairs(two.own.id, seen, paths),
    )
    return {path: each for path, each in counties.items() if of.scope.holds(path)}


def _by_level(counties: Mapping[str, Pairs], level: str) -> dict[str, Pairs]:
    found: dict[str, list[Pairs]] = {}
    for path, each in counties.items():
        found.setdefault(unit_of(path, level), []).append(each)
    return {path: added(parts) for path, parts in found.items()}


def _units(units: Mapping[str, Pairs], regions: Mapping[str, RegionRow]) -> tuple[UnitGap, ...]:
    rows = (_unit(region_label(regions[path]), units[path]) for path in units if path in regions)
    return tuple(sorted(rows, key=lambda row: (-(row.found.gap or 0), row.region.code)))


def _unit(region: RegionLabel, pairs: Pairs) -> UnitGap:
    return UnitGap(region=region, stores=pairs.stores, found=beside(pairs))


def _items(two: _Rounds, whole: Pairs) -> tuple[ItemRow, ...]:
    own = {item.code: item for item in two.own_rubric.items()}
    seen = {item.code: item for item in two.seen_rubric.items()}
    return tuple(_item(gap, own.get(gap.item), seen.get(gap.item)) for gap in item_gaps(whole))


def _item(gap: ItemGap, own: Item | None, seen: Item | None) -> ItemRow:
    known = seen or own
    return ItemRow(
        title=known.title if known else Text(gap.item, gap.item),
        full=known.full if known else None,
        gap=gap,
        comparable=own is not None and seen is not None and own.full == seen.full,
    )
