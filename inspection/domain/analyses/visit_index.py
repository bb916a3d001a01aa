"""The index over visit methods: means of their rounds by stated weights, rounded once."""

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from inspection.domain.points import Hundredths, rounded
from inspection.domain.rankings.ranking import covered, places
from inspection.domain.rankings.unit import UnitSum

WEIGHTS: Mapping[str, int] = {"mystery_visit": 50, "peer_check": 30, "phone_follow_up": 20}
"""What is taken where nobody says otherwise."""

WHOLE = 10_000
"""Full marks, in hundredths: rounds whose rubrics have others are brought to these."""


class Indexed(msgspec.Struct, frozen=True, kw_only=True):
    """A unit's index over the parts it has, which weigh `weight`; `rank` among the units that have
    as many parts as any.
    """

    index: Hundredths | None
    weight: int
    rank: int | None


def part_of(found: UnitSum, full: int) -> Fraction | None:
    """A unit's exact mean in one round, out of a hundred points; None below the coverage."""
    tally = found.tally
    if not covered(tally.ranked, found.expected):
        return None
    return Fraction(tally.score * WHOLE, tally.ranked * full)


def weighted(parts: Mapping[str, Fraction], weights: Mapping[str, int]) -> Hundredths | None:
    """The mean of the parts there are, by their weights, which are renormalised over them."""
    whole = sum(weights[kind] for kind in parts)
    if not whole:
        return None
    total = sum((part * weights[kind] for kind, part in parts.items()), Fraction(0))
    return rounded(total / whole, "half_up")


def indexed(
    units: Mapping[str, Mapping[str, Fraction]], weights: Mapping[str, int]
) -> dict[str, Indexed]:
    """Every unit with its place: 1-2-2-4 on the printed index. What was not measured by every
    method that others were has an index and no place: it is not the same yardstick.
    """
    found = {path: weighted(parts, weights) for path, parts in units.items()}
    weight = {path: sum(weights[kind] for kind in parts) for path, parts in units.items()}
    most = max(weight.values(), default=0)
    place = places(-i for path, i in found.items() if i is not None and weight[path] == most)
    return {
        path: Indexed(
            index=index,
            weight=weight[path],
            rank=place[-index] if index is not None and weight[path] == most else None,
        )
        for path, index in found.items()
    }
