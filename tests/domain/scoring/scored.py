"""The club card, scored with a few answers."""

import msgspec

from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import EarlierFindings
from inspection.domain.scoring.scoring import score
from tests.domain.sheets import sheet

replace = msgspec.structs.replace


def scored(rubric: Rubric, *findings, features=None, earlier=None, bonuses=()):
    """The card of a sheet in which everything else passes; the store has every feature."""
    return score(
        rubric,
        sheet(rubric, *findings, bonuses=bonuses),
        rubric.features() if features is None else features,
        earlier or EarlierFindings(),
    )


def section_of(card, code):
    """One section's numbers."""
    return next(section for section in card.sections if section.section == code)


def item_of(card, code):
    """One item's numbers."""
    return next(item for item in card.items if item.item == code)
