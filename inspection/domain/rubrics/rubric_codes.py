"""How the codes of a rubric are written, and that each is used once."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from inspection.domain.rubrics.rubric_faults import FaultList
from inspection.domain.rubrics.rubric_places import Path

CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*", re.ASCII)
"""Rubrics, sections, items and bonuses: KC, KC-E, KC-E-01."""

KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
"""Section keys, grades and options: vi_signage, good, not_lit."""

Part = TypeVar("Part")


def numbered(above: Path, parts: Iterable[Part]) -> Iterator[tuple[Path, Part]]:
    """Each part of a list with its path."""
    for index, part in enumerate(parts):
        yield (*above, index), part


def check_form(codes: Iterable[tuple[Path, str]], form: re.Pattern[str], faults: FaultList) -> None:
    """Report codes that are not written as codes are."""
    example = "KC-E-01" if form is CODE else "vi_signage"
    for at, code in codes:
        if faults.sound(at) and not form.fullmatch(code):
            faults.add(at, "code_malformed", value=code, example=example)


def check_unique(codes: Iterable[tuple[Path, str]], faults: FaultList) -> None:
    """Report the second and later use of a code."""
    seen: set[str] = set()
    for at, code in codes:
        if code in seen and faults.sound(at):
            faults.add(at, "code_repeated", value=code)
        seen.add(code)
