"""Tallies: sums over the stores of a unit in a round, which can be added and taken away exactly.

A store's own part of them is a tally too, so a unit is the sum of its stores whatever came first.
"""

from collections.abc import Iterable

import msgspec

from inspection.domain.rankings.standing import Figures

_Columns = dict[str, list[int]]


class SectionTally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One section over `stores` ranked stores in which it was applicable: sums of hundredths."""

    section: str
    stores: int
    full: int
    lost: int
    score: int


class ItemTally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One item over `stores` stores that lost something by it, in `times` visits; `again` of these
    stores had lost something by it in the round before too.
    """

    item: str
    stores: int
    times: int
    lost: int
    again: int


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """Sums over stores. `ranked` counts those with a place, the scores, full marks, losses and
    sections are theirs; `passed` reached the line without a veto; items are of everything
    published.
    """

    ranked: int = 0
    passed: int = 0
    vetoed: int = 0
    score: int = 0
    full: int = 0
    lost: int = 0
    sections: tuple[SectionTally, ...] = ()
    items: tuple[ItemTally, ...] = ()


class Heads(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The beginning of a tally: what a trend needs of many rounds."""

    ranked: int = 0
    passed: int = 0
    vetoed: int = 0
    score: int = 0


class SectionSums(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A tally up to its items, which are the longest part and of no use beside other units."""

    ranked: int = 0
    passed: int = 0
    vetoed: int = 0
    score: int = 0
    full: int = 0
    lost: int = 0
    sections: tuple[SectionTally, ...] = ()

    def tally(self) -> Tally:
        """A tally without items."""
        return Tally(
            *(self.ranked, self.passed, self.vetoed, self.score, self.full, self.lost),
            sections=self.sections,
        )


class LostItem(msgspec.Struct, frozen=True):
    """What an item cost a store in a round: in how many visits, how much together."""

    item: str
    times: int
    lost: int


NOTHING = Tally()


def of_store(found: Figures, lost: Iterable[LostItem], before: Tally, line: int) -> Tally:
    """The part of a store in the tallies of its round. `before` is its part in the round before,
    `line` what passes.
    """
    failed = frozenset(item.item for item in before.items)
    items = tuple(
        ItemTally(item.item, 1, item.times, item.lost, int(item.item in failed))
        for item in sorted(lost, key=lambda each: each.item)
    )
    if found.rank_key is None:
        return Tally(items=items)
    sections = (
        SectionTally(part.section, 1, part.full, part.lost or 0, part.score)
        for part in found.sections
        if part.score is not None
    )
    return Tally(
        ranked=1,
        passed=int(found.score >= line and not found.vetoed),
        vetoed=int(found.vetoed),
        score=found.score,
        full=found.full,
        lost=found.lost,
        sections=tuple(sorted(sections, key=lambda each: each.section)),
        items=items,
    )


def followed(part: Tally, before: Tally) -> Tally:
    """A store's part after its part in the round before changed."""
    failed = frozenset(item.item for item in before.items)
    items = (
        ItemTally(item.item, item.stores, item.times, item.lost, int(item.item in failed))
        for item in part.items
    )
    return msgspec.structs.replace(part, items=tuple(items))


def total(parts: Iterable[Tally]) -> Tally:
    """The sum of any number of tallies."""
    return _summed((1, part) for part in parts)


def lost_in(parts: Iterable[Tally]) -> tuple[LostItem, ...]:
    """What each item cost in any number of tallies."""
    found: dict[str, list[int]] = {}
    for part in parts:
        for item in part.items:
            row = found.get(item.item)
            if row is None:
                found[item.item] = [item.times, item.lost]
            else:
                row[0] += item.times
                row[1] += item.lost
    return tuple(LostItem(code, times, lost) for code, (times, lost) in sorted(found.items()))


def plus(whole: Tally, part: Tally) -> Tally:
    """A tally with one more part in it."""
    return _summed(((1, whole), (1, part)))


def minus(whole: Tally, part: Tally) -> Tally:
    """A tally without a part that was in it."""
    return _summed(((1, whole), (-1, part)))


def _summed(parts: Iterable[tuple[int, Tally]]) -> Tally:
    ranked = passed = vetoed = score = full = lost = 0
    sections: _Columns = {}
    items: _Columns = {}
    for sign, part in parts:
        ranked += sign * part.ranked
        passed += sign * part.passed
        vetoed += sign * part.vetoed
        score += sign * part.score
        full += sign * part.full
        lost += sign * part.lost
        for section in part.sections:
            row = sections.setdefault(section.section, [0, 0, 0, 0])
            row[0] += sign * section.stores
            row[1] += sign * section.full
            row[2] += sign * section.lost
            row[3] += sign * section.score
        for item in part.items:
            row = items.setdefault(item.item, [0, 0, 0, 0])
            row[0] += sign * item.stores
            row[1] += sign * item.times
            row[2] += sign * item.lost
            row[3] += sign * item.again
    return Tally(
        *(ranked, passed, vetoed, score, full, lost),
        sections=tuple(SectionTally(code, *row) for code, row in _kept(sections)),
        items=tuple(ItemTally(code, *row) for code, row in _kept(items)),
    )


def _kept(rows: _Columns) -> list[tuple[str, list[int]]]:
    """In order of their codes; what no store has any more is gone."""
    return [(code, row) for code, row in sorted(rows.items()) if row[0]]
