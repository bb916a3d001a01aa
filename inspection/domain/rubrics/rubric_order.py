"""Which of a few things changed their place: as few as explain the new order."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence


def out_of_order(now: Sequence[str], places: Mapping[str, int]) -> set[str]:
    """Those that left the order they had by `places`; what can be seen as staying, stays."""
    tops: list[int] = []
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for name in now:
        at = bisect_left(tops, places[name])
        before[name] = ends[at - 1] if at else None
        tops[at : at + 1], ends[at : at + 1] = [places[name]], [name]
    stayed: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        stayed.add(last)
        last = before[last]
    return set(now) - stayed
