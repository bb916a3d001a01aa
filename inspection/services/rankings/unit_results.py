"""What pages about cities and counties show: sums of published results, no visit and no person."""

from typing import Literal

import msgspec

from inspection.domain.points import Hundredths
from inspection.services.people.places import RegionLabel, RoundLabel
from inspection.services.rankings.ranking_results import ListWanted, RankingColumn

Level = Literal["", "branch", "county"]


class UnitsAsked(ListWanted, frozen=True, kw_only=True):
    """What somebody wants to see of the units; an empty level takes the level right below the
    region.
    """

    level: Level = ""


class UnitCell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A section of a unit by the mean of `stores` stores; None where none had it. `change` is in
    points, or in hundredths of a percentage point where the column is not comparable.
    """

    section: str
    stores: int
    full: Hundredths
    score: Hundredths | None
    lost: Hundredths | None
    change: Hundredths | None


class UnitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A city, a county or the whole of what was asked for. `rank` is None below the coverage;
    `passed` of `ranked` stores reached the line, of `expected` the round sends somebody to.
    """

    region: RegionLabel
    rank: int | None
    movement: int | None
    average: Hundredths | None
    change: Hundredths | None
    full: Hundredths
    lost: Hundredths
    ranked: int
    passed: int
    pass_rate: Hundredths | None
    vetoed: int
    expected: int
    covered: bool
    sections: tuple[UnitCell, ...]


class UnitsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Units of a level side by side, and the whole they lie in. `comparable`: changes are points,
    else hundredths of a percentage point.
    """

    round: RoundLabel
    previous: RoundLabel | None
    store_kind: str
    ownership: str
    region: RegionLabel
    level: str
    levels: tuple[str, ...]
    line: Hundredths
    min_visits: int
    thin: bool
    comparable: bool
    columns: tuple[RankingColumn, ...]
    whole: UnitRow
    rows: tuple[UnitRow, ...]
