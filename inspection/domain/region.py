"""A region as it is kept and edited: its level, what may hang where, what is wrong with it."""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from inspection.domain.refusals import Fault

LEVELS = ("province", "branch", "county")
ABOVE = {"branch": "province", "county": "branch"}
"""The level of a region's parent; a province has none."""

CODE_LENGTH = 25
"""Three codes and four slashes fill a path of 80 characters."""

NAME_LENGTHS = {"name_zh": 60, "name_en": 120}

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*", re.ASCII)


class RegionState(StrEnum):
    """A closed region is offered no more and keeps its results."""

    OPEN = "open"
    CLOSED = "closed"


class RegionNames(msgspec.Struct, frozen=True, kw_only=True):
    """What people call a region."""

    name_zh: str
    name_en: str


class NewRegion(msgspec.Struct, frozen=True, kw_only=True):
    """A region to add below another; its level follows from the level of `parent`."""

    code: str
    parent: str
    names: RegionNames


def name_faults(names: RegionNames) -> Iterator[Fault]:
    """Every name that cannot be kept."""
    for field, most in NAME_LENGTHS.items():
        name = getattr(names, field)
        if not name:
            yield Fault(f"/{field}", "sheet.cell_empty")
        elif len(name) > most:
            yield Fault(f"/{field}", "body.too_long", most=most)


def code_faults(code: str) -> Iterator[Fault]:
    """What is wrong with a new region's code."""
    if len(code) > CODE_LENGTH or not _CODE.fullmatch(code):
        yield Fault("/code", "sheet.region_code_form", value=code)


def level_below(level: str) -> str | None:
    """The level of what hangs below; None below a county."""
    return next((below for below, above in ABOVE.items() if above == level), None)
