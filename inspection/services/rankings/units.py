"""Cities and counties of a round beside each other, from the tallies of their counties."""

from collections.abc import Iterable, Mapping

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.org.region_path import unit_of
from inspection.domain.rankings.tally import Tally, total
from inspection.domain.rankings.unit import (
    SectionMean,
    Unit,
    UnitSum,
    alone,
    changed,
    ordered,
    rate,
    units,
)
from inspection.domain.rounds.round import thin_sample
from inspection.persistence.engine import read_tx
from inspection.persistence.rankings import tallies
from inspection.services.people.places import RegionLabel, region_label
from inspection.services.rankings import ranking_counts
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.ranking_regions import BELOW, regions_of
from inspection.services.rankings.ranking_results import RankingColumn
from inspection.services.rankings.unit_results import UnitCell, UnitRow, UnitsAsked, UnitsPage
from inspection.services.reach import check_granted
from inspection.services.rounds.rounds import round_label

LEVELS = {"province": ("branch", "county"), "branch": ("county",), "county": ("county",)}
"""Which units can be compared within a region, the usual ones first."""

LATEST = UnitsAsked()


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted in the list: by county, and the regions of the level asked for."""

    of: RankingOf
    level: str
    counties: Mapping[str, UnitSum]
    regions: Mapping[str, RegionLabel]

    @property
    def sums(self) -> dict[str, UnitSum]:
        """By the path of each region of the level."""
        found: dict[str, list[UnitSum]] = {path: [] for path in self.regions}
        for path, each in self.counties.items():
            found.setdefault(unit_of(path, self.level), []).append(each)
        return {path: added(found[path]) for path in self.regions}


async def units_page(actor: Actor, asked: UnitsAsked = LATEST) -> UnitsPage:
    """The units of a level with their places among each other. Raises NotAllowed, or NotFound for
    what is not there or out of reach; what lies outside the region asked for counts for nothing.
    """
    async with read_tx():
        return page_of(await count_units(actor, asked))


def page_of(counted: Counted) -> UnitsPage:
    """What was counted, in the shape of the page."""
    of, shaped = counted.of, _Shaped(counted.of)
    found = units(counted.sums)
    codes = {path: region.code for path, region in counted.regions.items()}
    whole = alone(added(counted.counties.values()))
    return UnitsPage(
        round=round_label(of.round),
        previous=round_label(of.previous) if of.previous else None,
        store_kind=of.store_kind,
        ownership=of.ownership,
        region=region_label(of.region),
        level=counted.level,
        levels=LEVELS[of.region.level],
        line=of.line,
        min_visits=of.round.min_visits,
        thin=thin_sample(of.round.min_visits),
        comparable=of.comparable,
        columns=of.columns,
        whole=shaped.row(region_label(of.region), whole),
        rows=tuple(
            shaped.row(counted.regions[path], found[path]) for path in ordered(found, codes)
        ),
    )


async def count_units(actor: Actor, asked: UnitsAsked) -> Counted:
    """What the units are made of. Belongs into the reader's one moment of the database."""
    check_granted(actor, Action.RANKING_READ)
    of = await list_asked(actor, asked)
    level = level_of(of, asked)
    counties = await of.moment.fact(("counties", of.list), lambda: _counties(of))
    names = {unit_of(path, level) for path in counties}
    regions = await regions_of(of, level, names)
    return Counted(
        of=of,
        level=level,
        counties=counties,
        regions={path: region_label(row) for path, row in regions.items()},
    )


def level_of(of: RankingOf, asked: UnitsAsked) -> str:
    """The level asked for where it can be compared there, else the usual one."""
    choices = LEVELS[of.region.level]
    return asked.level if asked.level in choices else BELOW[of.region.level]


def added(sums: Iterable[UnitSum]) -> UnitSum:
    """Some units as one."""
    found = tuple(sums)
    return UnitSum(
        tally=total(each.tally for each in found),
        before=total(each.before for each in found),
        expected=sum(each.expected for each in found),
    )


async def _counties(of: RankingOf) -> dict[str, UnitSum]:
    rounds = (of.round.id, of.previous.id) if of.previous else (of.round.id,)
    parts: dict[tuple[str, str], list[Tally]] = {}
    for row in await tallies.tallies(of.tallies(*rounds)):
        parts.setdefault((row.round, row.region_path), []).append(row.tally)
    counted = await ranking_counts.assigned(of.moment, of.stores, of.digests)
    expected = {
        path: stores.expected
        for path, stores in counted.items()
        if stores.expected and of.scope.holds(path)
    }
    before = of.previous.id if of.previous else ""
    return {
        path: UnitSum(
            tally=total(parts.get((of.round.id, path), ())),
            before=total(parts.get((before, path), ())),
            expected=expected.get(path, 0),
        )
        for path in sorted({path for _, path in parts} | set(expected))
    }


class _Shaped:
    """Units in the shape of pages: every column filled, changes marked by what they are."""

    def __init__(self, of: RankingOf) -> None:
        self._of = of
        self._full = of.rubric.full
        self._full_before = of.earlier.full if of.earlier else of.rubric.full

    def row(self, region: RegionLabel, unit: Unit) -> UnitRow:
        return UnitRow(
            region=region,
            rank=unit.rank,
            movement=unit.movement,
            average=unit.average,
            change=changed(
                unit.average,
                self._full,
                (unit.previous, self._full_before),
                comparable=self._of.comparable,
            ),
            full=unit.full,
            lost=unit.lost,
            ranked=unit.ranked,
            passed=unit.passed,
            pass_rate=rate(unit.passed, unit.ranked),
            vetoed=unit.vetoed,
            expected=unit.expected,
            covered=unit.covered,
            sections=cells(self._of.columns, unit.sections, unit.sections_before),
        )


def cells(
    columns: tuple[RankingColumn, ...],
    now: tuple[SectionMean, ...],
    before: tuple[SectionMean, ...],
) -> tuple[UnitCell, ...]:
    """A unit's sections in the order of the columns."""
    found = {section.section: section for section in now}
    earlier = {section.section: section for section in before}
    return tuple(
        _cell(column, found.get(column.section), earlier.get(column.section)) for column in columns
    )


def _cell(column: RankingColumn, now: SectionMean | None, before: SectionMean | None) -> UnitCell:
    change = None
    if now is not None and before is not None:
        change = changed(
            now.score, now.full, (before.score, before.full), comparable=column.comparable
        )
    return UnitCell(
        section=column.section,
        stores=now.stores if now else 0,
        full=now.full if now else column.full,
        score=now.score if now else None,
        lost=now.lost if now else None,
        change=change,
    )
