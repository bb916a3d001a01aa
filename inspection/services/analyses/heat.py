"""Units by sections: which share of a section's marks each unit lost."""

from collections.abc import Mapping
from functools import partial

import msgspec

from inspection.domain.access import Actor
from inspection.domain.points import Hundredths
from inspection.domain.rankings.tally import Tally
from inspection.domain.rankings.unit import Unit, alone, ordered, rate, units
from inspection.persistence.engine import read_tx
from inspection.services.analyses.analysis_frames import Frame, frame_of
from inspection.services.people.places import RegionLabel, region_label
from inspection.services.rankings.ranking_results import RankingColumn
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.rankings.units import LEVELS, added, count_units


class HeatCell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A section of a unit: the share of its marks that was lost, in hundredths of a per cent; None
    where no store had it. `worst`: no unit of the table lost a larger share of it.
    """

    section: str
    stores: int
    share: Hundredths | None
    worst: bool = False


class HeatRow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit, with or without a place."""

    region: RegionLabel
    rank: int | None
    ranked: int
    expected: int
    covered: bool
    cells: tuple[HeatCell, ...]


class HeatPage(msgspec.Struct, frozen=True, kw_only=True):
    """Units in the order of their places, and the whole they lie in."""

    frame: Frame
    level: str
    levels: tuple[str, ...]
    columns: tuple[RankingColumn, ...]
    whole: HeatRow
    rows: tuple[HeatRow, ...]


async def heat_page(actor: Actor, asked: UnitsAsked) -> HeatPage:
    """The units of a level. Raises NotAllowed, or NotFound for what is out of reach."""
    async with read_tx():
        counted = await count_units(actor, asked)
    of, sums = counted.of, counted.sums
    found = units(sums)
    codes = {path: region.code for path, region in counted.regions.items()}
    worst = _worst({path: each.tally for path, each in sums.items()})
    whole = added(counted.counties.values())
    row = partial(_row, of.columns, worst)
    return HeatPage(
        frame=frame_of(of),
        level=counted.level,
        levels=LEVELS[of.region.level],
        columns=of.columns,
        whole=row(region_label(of.region), alone(whole), whole.tally),
        rows=tuple(
            row(counted.regions[path], found[path], sums[path].tally)
            for path in ordered(found, codes)
        ),
    )


def _row(
    columns: tuple[RankingColumn, ...],
    worst: Mapping[str, Hundredths],
    region: RegionLabel,
    unit: Unit,
    tally: Tally,
) -> HeatRow:
    return HeatRow(
        region=region,
        rank=unit.rank,
        ranked=unit.ranked,
        expected=unit.expected,
        covered=unit.covered,
        cells=_cells(columns, tally, worst),
    )


def _cells(
    columns: tuple[RankingColumn, ...], tally: Tally, worst: Mapping[str, Hundredths]
) -> tuple[HeatCell, ...]:
    stores = {section.section: section.stores for section in tally.sections}
    shares = _shares(tally)
    return tuple(
        HeatCell(
            section=column.section,
            stores=stores.get(column.section, 0),
            share=shares.get(column.section),
            worst=0 < worst.get(column.section, 0) == shares.get(column.section),
        )
        for column in columns
    )


def _worst(tallies: Mapping[str, Tally]) -> dict[str, Hundredths]:
    found: dict[str, Hundredths] = {}
    # Beside nobody, nobody is worst.
    if sum(tally.ranked > 0 for tally in tallies.values()) < 2:
        return found
    for tally in tallies.values():
        for section, share in _shares(tally).items():
            found[section] = max(share, found.get(section, share))
    return found


def _shares(tally: Tally) -> dict[str, Hundredths]:
    shares = {s.section: rate(s.full - s.score, s.full) for s in tally.sections}
    return {section: share for section, share in shares.items() if share is not None}
