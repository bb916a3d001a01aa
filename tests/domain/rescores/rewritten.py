"""Rubrics of the golden visits in another version."""

import msgspec

from inspection.domain.rescores.rescore import Facts, rejudged
from inspection.domain.rubrics.rubric import Occ
from inspection.domain.scoring.answers import NOTHING_EARLIER

replace = msgspec.structs.replace


def rewritten(rubric, change, *codes):
    """The rubric with some items changed; all of them when none is named."""
    return replace(
        rubric,
        edition="next",
        sections=tuple(
            replace(
                section,
                items=tuple(
                    change(item) if not codes or item.code in codes else item
                    for item in section.items
                ),
            )
            for section in rubric.sections
        ),
    )


def dearer(item):
    """Occurrences cost twice as much, up to the item's marks."""
    if not isinstance(item.rule, Occ):
        return item
    return replace(item, rule=replace(item.rule, each=min(item.full, item.rule.each * 2)))


def by(rubric, answers, features=None, earlier=NOTHING_EARLIER):
    """The visit by a version."""
    facts = Facts(
        answers=answers,
        features=rubric.features() if features is None else features,
        earlier=earlier,
    )
    return rejudged(rubric, facts)
