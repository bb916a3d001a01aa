"""The sections of an issue (栏目): which of them it has, and in what order."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class BulletinSection(StrEnum):
    """In the usual order. Masthead and foot, with the link of the log, are no sections: every issue
    begins and ends with them.
    """

    HIGHLIGHTS = "highlights"
    SCORED = "scored"
    UNITS = "units"
    STORES = "stores"
    ITEMS = "items"
    EXPOSED = "exposed"
    RECTIFICATION = "rectification"
    BY_UNIT = "by_unit"
    OVERDUE = "overdue"
    COMPLAINTS = "complaints"
    GAPS = "gaps"
    CASE = "case"
    CLOSING = "closing"


class Step(StrEnum):
    """Where a section goes in the order."""

    UP = "up"
    DOWN = "down"


class SectionChoice(msgspec.Struct, frozen=True):
    """A section at its place, and whether the issue has it."""

    section: BulletinSection
    told: bool = True


Choices = tuple[SectionChoice, ...]

_LEFT_OUT = "-"


def chosen(order: Iterable[BulletinSection], told: Iterable[BulletinSection]) -> Choices:
    """Every section once: those of the order, then those it does not name."""
    kept = frozenset(told)
    named = dict.fromkeys((*order, *BulletinSection))
    return tuple(SectionChoice(section, section in kept) for section in named)


def moved(choices: Choices, section: BulletinSection, step: Step) -> Choices:
    """The same with a section one place further; beyond either end it stays."""
    at = next(n for n, each in enumerate(choices) if each.section is section)
    to = at - 1 if step is Step.UP else at + 1
    if not 0 <= to < len(choices):
        return choices
    order = list(choices)
    order[at], order[to] = order[to], order[at]
    return tuple(order)


def told(choices: Choices) -> tuple[BulletinSection, ...]:
    """The sections the issue has, in its order."""
    return tuple(each.section for each in choices if each.told)


def kept_text(choices: Choices) -> str:
    """The choice in one line, as it is kept: codes in order, a minus before what is left out."""
    return " ".join(f"{'' if each.told else _LEFT_OUT}{each.section.value}" for each in choices)


def choices_in(text: str) -> Choices:
    """What a kept line says. A section it does not know yet is told at the end; nothing kept is the
    usual order.
    """
    order = [BulletinSection(code.removeprefix(_LEFT_OUT)) for code in text.split()]
    out = {code.removeprefix(_LEFT_OUT) for code in text.split() if code.startswith(_LEFT_OUT)}
    return chosen(order, (each for each in BulletinSection if each.value not in out))
