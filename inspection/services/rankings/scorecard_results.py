"""What the scorecard of a store, a county, a city or the province shows, beside a benchmark."""

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.benchmark import Compared
from inspection.services.people.places import RegionLabel, RoundLabel, StoreLabel
from inspection.services.rankings.ranking_results import (
    ListWanted,
    Ownership,
    RankingColumn,
    SectionCell,
)


class ScorecardAsked(ListWanted, frozen=True, kw_only=True):
    """Whose scorecard: the store's with that code, else the region's. `against` is `top`, `best`,
    `target`, or names another unit of the same sort: a region by its path, a store by its code.
    """

    store: str = ""
    against: str = ""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The three rows of a scorecard. `summed` is what the printed sections add up to, which may
    differ by the rounding; `stores` and `visits` say what the means are of.
    """

    full: Hundredths
    score: Hundredths | None
    lost: Hundredths | None
    summed: Hundredths
    sections: tuple[SectionCell, ...]
    stores: int
    visits: int | None
    vetoed: int


class Benchmark(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared with: how it was chosen, who it is where it has a name, how many peers it
    was taken from or averaged over, and for a target its share in hundredths of a per cent.
    """

    kind: str
    region: RegionLabel | None = None
    store: StoreLabel | None = None
    peers: int = 0
    share: Hundredths | None = None


class ScorecardPage(msgspec.Struct, frozen=True, kw_only=True):
    """A scorecard with its gaps, the furthest behind first."""

    round: RoundLabel
    store_kind: str
    ownership: Ownership
    region: RegionLabel
    store: StoreLabel | None
    columns: tuple[RankingColumn, ...]
    card: Card
    against: str
    benchmark: Benchmark
    gaps: tuple[Compared, ...]
    whole: Compared
    peers: tuple[RegionLabel, ...]
