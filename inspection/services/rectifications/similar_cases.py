"""Solved cases for whoever has a problem: the nearest ones, and what the rubric suggests."""

from collections.abc import Iterable

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.rectifications.similar_cases import Likeness, nearest
from inspection.persistence.notices import notices
from inspection.persistence.rectifications import solved_cases
from inspection.persistence.rectifications.solved_cases import KnownCase
from inspection.services.people.places import map_of
from inspection.services.reach import check_granted
from inspection.services.rectifications.cases import ToldCase, told_case

LOOKED_AT = 40
"""The latest cases of an item or a section: older ones are in the library."""


class Problem(msgspec.Struct, frozen=True):
    """What a line is about."""

    item: str
    section: str
    words: str


async def cases_like(actor: Actor, problems: Iterable[Problem]) -> dict[str, tuple[ToldCase, ...]]:
    """The nearest cases of each problem, by its item."""
    check_granted(actor, Action.NOTICE_READ)
    wanted = tuple(problems)
    rows = await solved_cases.near_cases(
        (each.item for each in wanted), (each.section for each in wanted), LOOKED_AT
    )
    names = await map_of(row.region_path for row in rows)
    told = {row.id: told_case(actor, row, names) for row in rows}
    likenesses = [_likeness(row) for row in rows]
    return {
        each.item: tuple(
            told[case] for case in nearest(each.item, each.section, each.words, likenesses)
        )
        for each in wanted
    }


async def cases_like_lines(actor: Actor, notice: str) -> dict[int, tuple[ToldCase, ...]]:
    """The nearest cases of each line of a notice, by its number."""
    lines = await notices.lines_of(notice)
    found = await cases_like(
        actor, (Problem(line.item, line.section, line.problem) for line in lines)
    )
    return {line.number: found[line.item] for line in lines}


async def cases_like_line(
    actor: Actor, item: str, section: str, words: str
) -> tuple[ToldCase, ...]:
    """The nearest cases of one line."""
    return (await cases_like(actor, (Problem(item, section, words),)))[item]


def _likeness(row: KnownCase) -> Likeness:
    return Likeness(
        id=row.id,
        item=row.item,
        section=row.section,
        words=f"{row.problem} {row.measure}",
        solved_at=row.solved_at,
    )
