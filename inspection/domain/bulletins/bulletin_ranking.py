"""What an issue says of a kind of store in a round: scores, places, items, gaps to a benchmark."""

import msgspec
from msgspec import UNSET, UnsetType

from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.points import Hundredths


class SectionFigure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of the scorecard: the mean of `stores` stores, None where none had it."""

    title: str
    stores: int
    full: Hundredths
    score: Hundredths | None
    lost: Hundredths | None


class PlacedStore(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A store by its place. `name` is empty where only the region is told; `weakest` is the section
    that cost most. `vetoed` is only said where it is so: a vetoed store keeps its score and stands
    after all others.
    """

    rank: int
    name: str
    region: str
    score: Hundredths
    movement: int | None
    change: Hundredths | None
    weakest: str
    weakest_lost: Hundredths
    vetoed: bool | UnsetType = UNSET


class PlacedUnit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A city or county by its place; without one below the coverage."""

    rank: int | None
    name: str
    average: Hundredths | None
    movement: int | None
    change: Hundredths | None
    coverage: Share
    passed: Share
    vetoed: Share


class LostItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item by what it cost: at how many of the ranked stores, and per mille of everything."""

    code: str
    title: str
    section: str
    lost: Hundredths
    stores: Share
    permille: int


class Exposed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A single loss in the words its store was told."""

    name: str
    region: str
    item: str
    problem: str
    lost: Hundredths


class SectionGap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section beside the benchmark, or under an empty title the whole. `gap` is ours less theirs,
    None where one of them has nothing to show.
    """

    title: str
    full: Hundredths
    ours: Hundredths | None
    theirs: Hundredths | None
    gap: Hundredths | None


class UnitGap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A city or county beside the benchmark: its gap, and those of its sections in the order the
    sections have in the part.
    """

    name: str
    gap: Hundredths | None
    sections: tuple[Hundredths | None, ...]


class GapPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The benchmark of a kind of store, how it was chosen (`kind`) and who it is in words, and the
    gaps to it: of the issue's part of the tree section by section, and of its units, both the
    furthest behind first.
    """

    kind: str
    who: str
    whole: SectionGap
    sections: tuple[SectionGap, ...]
    units: tuple[UnitGap, ...]


class RankingPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of store in the round. `comparable`: changes are points, else hundredths of a
    percentage point. `gaps` is unset where they are not told, and in issues from before there were
    any.
    """

    store_kind: str
    full: Hundredths
    average: Hundredths | None
    lost: Hundredths | None
    change: Hundredths | None
    comparable: bool
    line: Hundredths
    coverage: Share
    passed: Share
    vetoed: Share
    sections: tuple[SectionFigure, ...]
    units: tuple[PlacedUnit, ...]
    best: tuple[PlacedStore, ...]
    worst: tuple[PlacedStore, ...]
    items: tuple[LostItem, ...]
    exposed: tuple[Exposed, ...] = ()
    gaps: GapPart | UnsetType = UNSET
