"""A rubric as the document its file parses to: plain objects, lists and texts, points in quotes.

A draft is kept in this form. It may be unfinished and wrong: it is looked at, never refused.
"""

from typing import Any

import msgspec

from inspection.domain.points import Hundredths, parse
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.rubrics.rubric_faults import RubricFault
from inspection.domain.rubrics.rubric_names import names_too_long
from inspection.domain.rubrics.rubric_places import Path, Places
from inspection.domain.rubrics.rubric_reader import read_values

Document = dict[str, Any]

LARGEST_DOCUMENT = 400_000
"""Bytes of JSON; the shipped rubrics have about 28,000."""


class DraftFault(msgspec.Struct, frozen=True):
    """One fault. `path` leads to it within the document: "sections/3/items/2/full"."""

    path: str
    code: str
    facts: dict[str, str] = {}


class SectionSum(msgspec.Struct, frozen=True, kw_only=True):
    """What a section says it is worth, and what its items add up to. None where no number stands;
    items without one count nothing.
    """

    path: str
    code: str
    full: Hundredths | None
    together: Hundredths
    items: int


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """The marks of a document: what the card says, what sections and items add up to."""

    full: Hundredths | None
    sections_together: Hundredths
    items_together: Hundredths
    sections: tuple[SectionSum, ...]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a document came to: a rubric, or its faults; its sums either way."""

    rubric: Rubric | None
    faults: tuple[DraftFault, ...]
    sums: Sums


def check_document(document: Document) -> Checked:
    """Look at all of a document. Whatever is in it, the answer is a rubric or all its faults."""
    reading = read_values(document, places_of(document))
    faults = tuple(map(_placed, reading.faults))
    if reading.rubric is not None:
        faults = tuple(
            DraftFault(slashed(path), "rubric.name_too_long", _length(length, most))
            for path, length, most in names_too_long(reading.rubric)
        )
    return Checked(rubric=None if faults else reading.rubric, faults=faults, sums=sums(document))


def tidy(value: Any) -> Any:  # noqa: ANN401  any value there can be
    """The value without what says nothing: null has no place in a file."""
    if isinstance(value, dict):
        return {name: tidy(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [tidy(inner) for inner in value if inner is not None]
    return value


def sums(document: Document) -> Sums:
    """The sums of a document, as far as there are numbers in it."""
    sections = tuple(
        _section_sum(f"sections/{index}", section)
        for index, section in enumerate(_tables(document.get("sections")))
    )
    return Sums(
        full=points_in(document, "full"),
        sections_together=Hundredths(sum(each.full or 0 for each in sections)),
        items_together=Hundredths(sum(each.together for each in sections)),
        sections=sections,
    )


def points_in(table: Document, field: str) -> Hundredths | None:
    """The points a field says, or None when it says none."""
    value = table.get(field)
    try:
        return parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def text_in(table: Document, field: str) -> str:
    """The text a field says; "" when it says none."""
    value = table.get(field)
    return value if isinstance(value, str) else ""


def wording_in(table: Document, field: str, language: str) -> str:
    """One language of a wording; "" when there is none."""
    value = table.get(field)
    return text_in(value, language) if isinstance(value, dict) else ""


def places_of(document: Document) -> Places:
    """Where each value stands, counted in the order of the document."""
    found: Places = {}
    left: list[tuple[Path, object]] = [((), document)]
    while left:
        path, value = left.pop()
        found[path] = len(found) + 1
        within: list[tuple[str | int, object]] = []
        if isinstance(value, dict):
            within = list(value.items())
        elif isinstance(value, list):
            within = list(enumerate(value))
        left += [((*path, part), inner) for part, inner in reversed(within)]
    return found


def slashed(path: Path) -> str:
    """A path as programs read it: "sections/3/items/2/full"."""
    return "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _length(length: int, most: int) -> dict[str, str]:
    return {"length": str(length), "most": str(most)}


def _placed(fault: RubricFault) -> DraftFault:
    return DraftFault(slashed(fault.path), fault.code, fault.facts)


def _section_sum(path: str, section: Document) -> SectionSum:
    items = _tables(section.get("items"))
    return SectionSum(
        path=path,
        code=text_in(section, "code"),
        full=points_in(section, "full"),
        together=Hundredths(sum(points_in(item, "full") or 0 for item in items)),
        items=len(items),
    )


def _tables(value: object) -> list[Document]:
    """The tables in a list; what is none counts as an empty one, so that places stay right."""
    if not isinstance(value, list):
        return []
    return [each if isinstance(each, dict) else {} for each in value]
