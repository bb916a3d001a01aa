"""What a visit lost, invented quickly: a few items, their sections, the points they cost."""

from random import Random

import msgspec

from inspection.cli.demo.stores import DemoStore
from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import SectionResult
from inspection.domain.rubrics.rubric import Info, Item, Rubric

Scored = tuple[tuple[Item, str], ...]

MOST = 12
STEPS = (50, 100, 100, 200, 300)


class Losses(msgspec.Struct, frozen=True):
    """Items lost with their section and points, and what the sections kept."""

    items: tuple[tuple[Item, str, int], ...]
    sections: tuple[SectionResult, ...]
    lost: Hundredths
    major: int


def losses_of(random: Random, rubric: Rubric, scored: Scored, store: DemoStore) -> Losses:
    """A poor store loses more. `scored` are the rubric's items that can lose points."""
    count = min(MOST, max(0, round(random.gauss((1.15 - store.quality) * 9, 2))))
    items = tuple(
        (item, section, min(item.full, random.choice(STEPS)))
        for item, section in random.sample(scored, count)
    )
    lost = dict.fromkeys((section.code for section in rubric.sections), 0)
    for _, section, points in items:
        lost[section] += points
    sections = tuple(
        SectionResult(
            section.code,
            section.full,
            Hundredths(min(section.full, lost[section.code])),
            Hundredths(max(0, section.full - lost[section.code])),
        )
        for section in rubric.sections
    )
    major = sum(item.severity != "general" for item, _, _ in items)
    return Losses(items, sections, Hundredths(sum(s.lost or 0 for s in sections)), major)


def scored_items(rubric: Rubric) -> Scored:
    """Every item that can lose points, with its section."""
    return tuple(
        (item, section.code)
        for section in rubric.sections
        for item in section.items
        if not isinstance(item.rule, Info)
    )
