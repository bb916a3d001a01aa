"""Codes and titles that fit a file but not the columns rubrics are searched by."""

from collections.abc import Iterator

from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.rubrics.rubric_codes import numbered
from inspection.domain.rubrics.rubric_places import Path

LONGEST_CODE = 40
LONGEST_TITLE = 120


def names_too_long(rubric: Rubric) -> Iterator[tuple[Path, int, int]]:
    """Every name that is too long: its path, its length and the most there may be."""
    for path, text, most in _names(rubric):
        if len(text) > most:
            yield path, len(text), most


def _names(rubric: Rubric) -> Iterator[tuple[Path, str, int]]:
    yield ("code",), rubric.code, LONGEST_CODE
    yield ("edition",), rubric.edition, LONGEST_CODE
    yield ("title", "zh"), rubric.title.zh, LONGEST_TITLE
    yield ("title", "en"), rubric.title.en, LONGEST_TITLE
    for at, section in numbered(("sections",), rubric.sections):
        yield (*at, "code"), section.code, LONGEST_CODE
        for below, item in numbered((*at, "items"), section.items):
            yield (*below, "code"), item.code, LONGEST_CODE
            if item.responsible:
                yield (*below, "responsible", "zh"), item.responsible.zh, LONGEST_TITLE
                yield (*below, "responsible", "en"), item.responsible.en, LONGEST_TITLE
