"""A region as it is kept and edited: its level, what may hang where, what is wrong with it."""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from inspection.domain.plain_text import CONTROL
from inspection.domain.refusals import Fault

ABOVE = {"branch": "province", "county": "branch"}
"""The level of a region's parent; a province has none."""

CODE_LENGTH = 25
"""Three codes and four slashes fill a path of 80 characters."""

NAME_LENGTHS = {"name_zh": 60, "name_en": 120}
REASON_LENGTH = 240

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*", re.ASCII)
_SIX_DIGITS = re.compile(r"[0-9]{6}", re.ASCII)


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
            yield Fault(f"/{field}", "body.text_too_long", most=most)
        if CONTROL.search(name):
            yield Fault(f"/{field}", "sheet.characters", value=name[:most])


def code_faults(code: str, parent: str) -> Iterator[Fault]:
    """What is wrong with a new region's code. Below a parent with an administrative code it is one
    too, since it never changes; whoever uses codes of their own may go on.
    """
    if len(code) > CODE_LENGTH or not _CODE.fullmatch(code):
        yield Fault("/code", "sheet.region_code_form", value=code)
    elif _SIX_DIGITS.fullmatch(parent) and not _SIX_DIGITS.fullmatch(code):
        yield Fault("/code", "region.code_digits", value=code)


def closing_faults(reason: str) -> Iterator[Fault]:
    """What is wrong with the reason for closing a region."""
    if not reason:
        yield Fault("/reason", "store.reason_missing")
    if len(reason) > REASON_LENGTH:
        yield Fault("/reason", "body.text_too_long", most=REASON_LENGTH)


def level_below(level: str) -> str | None:
    """The level of what hangs below; None below a county."""
    return next((below for below, above in ABOVE.items() if above == level), None)
