"""Units beside each other: cities, counties or the whole, each by the mean of its stores."""

from collections.abc import Mapping, Sequence

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.ranking import covered, movements, places
from inspection.domain.rankings.standing import average
from inspection.domain.rankings.tally import SectionTally, Tally


class SectionMean(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A section by the mean of the `stores` in which it was applicable."""

    section: str
    stores: int
    full: Hundredths
    score: Hundredths
    lost: Hundredths


class UnitSum(msgspec.Struct, frozen=True, kw_only=True):
    """A unit's tally now, in the round before, and how many stores the round expects there."""

    tally: Tally
    before: Tally
    expected: int


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit's result: means of its ranked stores, each store once, rounded half up once.
    `movement` counts places among the units with a place both times; `passed` of `ranked` stores
    reached the line.
    """

    rank: int | None
    movement: int | None
    average: Hundredths | None
    previous: Hundredths | None
    full: Hundredths
    lost: Hundredths
    ranked: int
    passed: int
    vetoed: int
    expected: int
    covered: bool
    sections: tuple[SectionMean, ...]
    sections_before: tuple[SectionMean, ...]


def units(sums: Mapping[str, UnitSum]) -> dict[str, Unit]:
    """Every unit with its place among those of which enough stores are ranked: 1-2-2-4."""
    now = _keys({path: (each.tally, each.expected) for path, each in sums.items()})
    # How many stores the earlier round expected does not decide who can be compared with it.
    before = _keys({path: (each.before, each.before.ranked) for path, each in sums.items()})
    place, moved = places(now.values()), movements(now, before)
    return {
        path: _unit(each, place[now[path]] if path in now else None, moved.get(path))
        for path, each in sums.items()
    }


def alone(each: UnitSum) -> Unit:
    """A unit that is compared with nobody."""
    return _unit(each, None, None)


def mean_of(tally: Tally) -> Hundredths | None:
    """The mean of the stores, None where none is ranked."""
    return average(tally.score, tally.ranked) if tally.ranked else None


def section_means(tally: Tally) -> tuple[SectionMean, ...]:
    """Each section by the mean of the stores that have a result in it."""
    return tuple(_section(section) for section in tally.sections)


def changed(
    score: int | None, full: int, before: tuple[int | None, int], *, comparable: bool
) -> Hundredths | None:
    """What changed since the round before: points where the same marks were lost, hundredths of a
    percentage point of the rate where the items or their marks differ.
    """
    was, was_full = before
    if score is None or was is None:
        return None
    if comparable:
        return Hundredths(score - was)
    return Hundredths(average(score * 10_000, full) - average(was * 10_000, was_full))


def rate(part: int, whole: int) -> Hundredths | None:
    """A share in hundredths of a per cent, None of nothing."""
    return average(part * 10_000, whole) if whole else None


def ordered(found: Mapping[str, Unit], codes: Mapping[str, str]) -> Sequence[str]:
    """The best place first, then units without one by their mean, then those without results."""
    return sorted(
        found,
        key=lambda path: (
            found[path].rank is None,
            found[path].rank or 0,
            -(found[path].average or -1),
            codes[path],
        ),
    )


def _keys(tallies: Mapping[str, tuple[Tally, int]]) -> dict[str, int]:
    """What places are counted by: the printed mean, so that equal print is an equal place."""
    return {
        path: -average(tally.score, tally.ranked)
        for path, (tally, expected) in tallies.items()
        if covered(tally.ranked, expected)
    }


def _unit(each: UnitSum, rank: int | None, movement: int | None) -> Unit:
    tally = each.tally
    return Unit(
        rank=rank,
        movement=movement,
        average=mean_of(tally),
        previous=mean_of(each.before),
        full=average(tally.full, tally.ranked),
        lost=_lost((tally.full, tally.score, tally.lost), tally.ranked),
        ranked=tally.ranked,
        passed=tally.passed,
        vetoed=tally.vetoed,
        expected=each.expected,
        covered=covered(tally.ranked, each.expected),
        sections=section_means(tally),
        sections_before=section_means(each.before),
    )


def _section(section: SectionTally) -> SectionMean:
    return SectionMean(
        section=section.section,
        stores=section.stores,
        full=average(section.full, section.stores),
        score=average(section.score, section.stores),
        lost=_lost((section.full, section.score, section.lost), section.stores),
    )


def _lost(sums: tuple[int, int, int], stores: int) -> Hundredths:
    """The mean loss. Where nothing but losses lies between full marks and score, it is what is
    missing in print: 90.72 and 9.29 would not be 100.
    """
    full, score, lost = sums
    if full - score == lost:
        return Hundredths(average(full, stores) - average(score, stores))
    return average(lost, stores)
