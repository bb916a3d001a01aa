"""Place keys in order: how many stores stand higher is looked up in them, not counted anew."""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import BOTTOM, score_of

if TYPE_CHECKING:
    Keys = array[int]
else:
    Keys = array


class Sums(msgspec.Struct, frozen=True):
    """Ranked stores, their scores added up, how many are below the line, the score on top."""

    ranked: int = 0
    score_sum: int = 0
    below_line: int = 0
    best: Hundredths | None = None


class CountyKeys(msgspec.Struct, frozen=True):
    """The keys of a county in order: of all its ranked stores, of those the round before knew, and
    what the latter had then. `total` is the first of them added up.
    """

    keys: Keys
    known: Keys
    before: Keys
    total: int


NO_KEYS = CountyKeys(array("q"), array("q"), array("q"), 0)


class Ladder(msgspec.Struct, frozen=True):
    """The ranked stores of a list: county by county, and all of them together. Never changed in
    place: whoever holds one keeps what it said.
    """

    counties: Mapping[str, CountyKeys]
    whole: CountyKeys

    def place(self, key: int) -> int:
        """The place of a key in the whole list: one more than there are better ones."""
        return bisect_left(self.whole.keys, key) + 1

    def movement(self, key: int, previous_key: int | None) -> int | None:
        """Places gained among the stores ranked in both rounds."""
        if previous_key is None:
            return None
        return bisect_left(self.whole.before, previous_key) - bisect_left(self.whole.known, key)

    def replaced(self, paths: Set[str], come: Mapping[str, CountyKeys]) -> "Ladder":
        """The list after the counties at these paths were read again."""
        counties = {path: keys for path, keys in self.counties.items() if path not in paths}
        whole = self.whole
        for path in sorted(paths):
            old, new = self.counties.get(path, NO_KEYS), come.get(path, NO_KEYS)
            whole = _swapped(whole, old, new)
        return Ladder({**counties, **come}, whole)

    def within(self, holds: Callable[[str], bool]) -> tuple[CountyKeys, ...]:
        """The counties of a part of the tree."""
        return tuple(keys for path, keys in self.counties.items() if holds(path))


def keys_of(keys: Iterable[int], fresh: Iterable[int], before: Iterable[int]) -> CountyKeys:
    """The keys of a county from those of its stores, in any order. `fresh` are the keys of stores
    the round before did not know, of which there are mostly none.
    """
    ordered = _in_order(keys)
    known = _with(ordered, array("q", fresh), NO_KEYS.keys)
    return CountyKeys(ordered, known, _in_order(before), sum(ordered))


def ladder_of(counties: Mapping[str, CountyKeys]) -> Ladder:
    """The list these counties make."""
    parts = tuple(counties.values())
    keys = _in_order(chain.from_iterable(part.keys for part in parts))
    known = keys
    if any(len(part.known) < len(part.keys) for part in parts):
        known = _in_order(chain.from_iterable(part.known for part in parts))
    before = _in_order(chain.from_iterable(part.before for part in parts))
    return Ladder(counties, CountyKeys(keys, known, before, sum(part.total for part in parts)))


def place_among(counties: Iterable[CountyKeys], key: int) -> int:
    """The place of a key among the stores of some counties."""
    return sum(bisect_left(county.keys, key) for county in counties) + 1


def sums_of(counties: Iterable[CountyKeys], line: int) -> Sums:
    """The figures of some counties together, held against a line."""
    ranked = keys = vetoed = below = 0
    tops: list[int] = []
    for county in counties:
        found = county.keys
        kept = bisect_right(found, BOTTOM)
        ranked += len(found)
        keys += county.total
        vetoed += len(found) - kept
        below += kept - bisect_right(found, BOTTOM - line, 0, kept)
        below += len(found) - bisect_right(found, 2 * BOTTOM - line, kept)
        tops += found[:1]
    best = score_of(min(tops)) if tops else None
    return Sums(ranked, (ranked + vetoed) * BOTTOM - keys, below, best)


def passed_of(counties: Iterable[CountyKeys], line: int) -> int:
    """How many stores of some counties reached a line without a veto."""
    return sum(bisect_right(county.keys, BOTTOM - line) for county in counties)


def _in_order(keys: Iterable[int]) -> Keys:
    return array("q", sorted(keys))


def _swapped(whole: CountyKeys, old: CountyKeys, new: CountyKeys) -> CountyKeys:
    return CountyKeys(
        _with(whole.keys, old.keys, new.keys),
        _with(whole.known, old.known, new.known),
        _with(whole.before, old.before, new.before),
        whole.total - old.total + new.total,
    )


def _with(whole: Keys, gone: Keys, come: Keys) -> Keys:
    if gone == come:
        return whole
    found = whole[:]
    for key in gone:
        del found[bisect_left(found, key)]
    for key in come:
        insort(found, key)
    return found
