"""Coverage of a round: visits due (应巡), made (实巡) and missed (应巡未巡)."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from inspection.domain.deadline import SHANGHAI
from inspection.domain.org.region_path import depth, upwards


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Visits due, each counted where it stands: approved, waiting for review, sent back, still to
    be made, or missed: neither made nor made good and its window over. `unassigned` are stores the
    round has a rubric for and sends nobody to; they are not due.
    """

    done: int = 0
    submitted: int = 0
    returned: int = 0
    open: int = 0
    missed: int = 0
    unassigned: int = 0

    @property
    def due(self) -> int:
        """Every visit that was planned and not cancelled."""
        return self.done + self.submitted + self.returned + self.open + self.missed

    @property
    def made(self) -> int:
        """Visits made: received, reviewed or not."""
        return self.done + self.submitted

    @property
    def permille(self) -> int | None:
        """The share made of those due, rounded half up; None when none is."""
        return (2000 * self.made + self.due) // (2 * self.due) if self.due else None

    def plus(self, other: "Coverage") -> "Coverage":
        """Both together."""
        mine, theirs = msgspec.structs.asdict(self), msgspec.structs.asdict(other)
        return Coverage(**{name: mine[name] + theirs[name] for name in mine})


NOTHING_DUE = Coverage()


def today(now: datetime) -> date:
    """The day it is where the stores are: a window is over when its last day is."""
    return now.astimezone(SHANGHAI).date()


def below(counted: Mapping[str, Coverage], path: str) -> dict[str, Coverage]:
    """What is counted in a part of the tree, added up by the nodes right below it; what lies in the
    node itself stays under its own path.
    """
    found: dict[str, Coverage] = {}
    for place, coverage in counted.items():
        if not place.startswith(path):
            continue
        ways = upwards(place)
        node = ways[min(depth(path), len(ways) - 1)]
        found[node] = found.get(node, NOTHING_DUE).plus(coverage)
    return found


def total(counted: Mapping[str, Coverage]) -> Coverage:
    """Everything added up."""
    whole = NOTHING_DUE
    for coverage in counted.values():
        whole = whole.plus(coverage)
    return whole
