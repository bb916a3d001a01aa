"""What a decision does to the places of a list: how many others move, and the mean of all."""

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import average


class StandsAt(msgspec.Struct, frozen=True, kw_only=True):
    """Where a store stands in its list: its place key and place, None without one; the list's
    ranked stores and the sum of their scores.
    """

    key: int | None
    place: int | None
    ranked: int
    score_sum: int

    @property
    def mean(self) -> Hundredths | None:
        """The mean of the list."""
        return average(self.score_sum, self.ranked) if self.ranked else None


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision does: the item's loss, the card's score, the store's place, the list's mean,
    each before and after; how many others fall or rise by a place; whether the line is settled.
    """

    lost: tuple[Hundredths, Hundredths]
    score: tuple[Hundredths | None, Hundredths | None]
    place: tuple[int | None, int | None]
    mean: tuple[Hundredths | None, Hundredths | None]
    ranked: int
    falls: int
    rises: int
    closes_line: bool


def between(before: int | None, after: int | None) -> tuple[range, range]:
    """The keys of the stores that fall and of those that rise by a place when one store's key
    changes; a place nobody had counts as below everybody's.
    """
    old = LAST if before is None else before
    new = LAST if after is None else after
    return range(new + 1, old + 1), range(old + 1, new + 1)


LAST = 10**12
"""Beyond every place key."""
