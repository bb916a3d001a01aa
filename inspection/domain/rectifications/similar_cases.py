"""Which solved cases are most like a problem: the same item, then the same section, then words."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

MOST = 3

SAME_ITEM, SAME_SECTION = 4.0, 2.0
"""A case of the same item is always nearer than one of the same section, whatever the words."""


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """What of a case is compared."""

    id: str
    item: str
    section: str
    words: str
    solved_at: datetime


def pairs(text: str) -> frozenset[str]:
    """Every two letters that follow each other: words, in languages that do not part them."""
    parts = "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()
    return frozenset(part[at : at + 2] for part in parts for at in range(max(1, len(part) - 1)))


def alike(one: str, other: str) -> float:
    """How much two texts share, from 0 to 1."""
    first, second = pairs(one), pairs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def nearest(item: str, section: str, problem: str, cases: Iterable[Likeness]) -> tuple[str, ...]:
    """The ids of the nearest cases, the nearest first; of equally near ones the latest."""

    def near(case: Likeness) -> tuple[float, datetime, str]:
        place = SAME_ITEM if case.item == item else SAME_SECTION if case.section == section else 0.0
        return place + alike(problem, case.words), case.solved_at, case.id

    return tuple(case.id for case in sorted(cases, key=near, reverse=True)[:MOST])
