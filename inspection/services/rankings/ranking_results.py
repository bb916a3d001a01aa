"""What the ranking pages show: published results only, no visit and no inspector."""

from datetime import date
from typing import Literal

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.unit import rate
from inspection.domain.rubrics.rubric import Text
from inspection.services.people.places import RegionLabel, RoundLabel, StoreLabel
from inspection.services.rankings.store_repeats import StoreRepeats

Sort = Literal["best", "worst"]
Unranked = Literal[
    "few_visits", "not_rankable", "pilot", "in_release", "in_review", "returned", "not_visited"
]

Ownership = Literal["", "own", "partner"]

Only = Literal["", "below", "fallen", "late"]
"""All stores, or those below the line, those that lost three places or more, those with a notice
past its deadline.
"""

PAGE = 50


class ListWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which list somebody wants. Empty texts take the latest round, the first kind, every ownership
    and the caller's own region.
    """

    round: str = ""
    store_kind: str = ""
    ownership: Ownership = ""
    region_path: str = ""


class RankingAsked(ListWanted, frozen=True, kw_only=True):
    """Which part of a list somebody wants to see, and in what order."""

    only: Only = ""
    sort: Sort = "best"
    cursor: str = ""
    size: int = PAGE


class RankingColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A section column. `comparable`: its items and marks are those of the previous round."""

    section: str
    title: Text
    short: Text
    full: Hundredths
    comparable: bool


class SectionCell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A store's result in one section; None when nothing was applicable."""

    section: str
    full: Hundredths
    score: Hundredths | None
    lost: Hundredths | None


class RankedStore(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `movement` counts places gained among the stores ranked in both rounds; `gap` is
    the score less the best score of the list.
    """

    rank: int
    region_rank: int
    movement: int | None
    store: StoreLabel
    score: Hundredths
    full: Hundredths
    lost: Hundredths
    change: Hundredths | None
    gap: Hundredths
    vetoed: bool
    major_losses: int
    visits: int
    sections: tuple[SectionCell, ...]


class UnrankedStore(msgspec.Struct, frozen=True, kw_only=True):
    """A store of the round without a place, and why."""

    store: StoreLabel
    why: Unranked
    visits: int
    min_visits: int
    score: Hundredths | None


class RankingKpis(msgspec.Struct, frozen=True, kw_only=True):
    """The figures above the list, for the chosen region. Averages are means of stores; `passed` of
    the `scored` reached the line without a veto.
    """

    average: Hundredths | None
    previous_average: Hundredths | None
    scored: int
    expected: int
    in_review: int
    line: Hundredths
    passed: int
    below_line: int
    previous_below_line: int
    notices: int
    open_notices: int
    overdue_notices: int

    @property
    def pass_rate(self) -> Hundredths | None:
        """The share of scored stores that passed, in hundredths of a per cent."""
        return rate(self.passed, self.scored)


class RankingPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a ranking. `comparable`: changes are points; otherwise they are hundredths of a
    percentage point (≠). `thin`: fewer visits per store than a sound ranking needs.
    """

    round: RoundLabel
    previous: RoundLabel | None
    store_kind: str
    ownership: Ownership
    region: RegionLabel
    comparable: bool
    min_visits: int
    thin: bool
    columns: tuple[RankingColumn, ...]
    rows: tuple[RankedStore, ...]
    ranked: int
    ranked_overall: int
    next_cursor: str | None
    unranked: tuple[UnrankedStore, ...]
    unranked_count: int
    kpis: RankingKpis


class RegionAverage(msgspec.Struct, frozen=True, kw_only=True):
    """The mean of a region's ranked stores. Below 80 % coverage it has no `rank`."""

    region: RegionLabel
    average: Hundredths | None
    change: Hundredths | None
    ranked: int
    expected: int
    covered: bool
    rank: int | None


class MostLostItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item by the points it cost in published visits. Shares are per mille of all losses."""

    item: str
    title: Text
    section: str
    times: int
    lost: Hundredths
    share: int
    cumulative: int


class StoreRound(msgspec.Struct, frozen=True, kw_only=True):
    """A store's published result in one round. `rank` is None when it took no place, `mean` (of all
    stores of its kind with a place in the round) where none has one.
    """

    round: RoundLabel
    score: Hundredths | None
    full: Hundredths
    lost: Hundredths
    rank: int | None
    ranked: int
    region_rank: int | None
    vetoed: bool
    unranked_why: str
    visits: int
    min_visits: int
    change: Hundredths | None
    mean: Hundredths | None
    columns: tuple[RankingColumn, ...]
    sections: tuple[SectionCell, ...]


class StoreNoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of the store, by number; a draft has none."""

    notice: str
    number: str | None
    state: str
    lines: int
    lost: Hundredths


class StoreNow(msgspec.Struct, frozen=True, kw_only=True):
    """What a store is now. `unverified`: nobody has checked its contact lately, or ever when
    `contact_verified_on` is None.
    """

    can_edit: bool
    address: str
    contact_name: str
    contact_phone: str
    unverified: bool
    contact_verified_on: date | None
    closed: bool
    closed_on: date | None


class StoreResults(msgspec.Struct, frozen=True, kw_only=True):
    """One store through its rounds, latest first. `before` is the round the latest is compared
    with, `record` None for a store that has moved out of the reader's part of the tree: its results
    of then are still theirs to read.
    """

    store: StoreLabel
    record: StoreNow | None
    rounds: tuple[StoreRound, ...]
    before: StoreRound | None
    repeats: StoreRepeats
    notices: tuple[StoreNoticeRow, ...]


class RoundChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A round to choose, with the kinds of store it inspects."""

    round: RoundLabel
    store_kinds: tuple[str, ...]


class RankingView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a ranking with what stands around it: other rounds and regions to choose, the
    regions below beside each other, and what cost most.
    """

    page: RankingPage
    rounds: tuple[RoundChoice, ...]
    regions: tuple[RegionLabel, ...]
    averages: tuple[RegionAverage, ...]
    most_lost: tuple[MostLostItem, ...]
