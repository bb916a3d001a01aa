"""Labels of stores, regions, rounds and rubrics as every result page shows them."""

import msgspec

from inspection.domain.rubric import Text


class StoreLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A store with where it is: its branch (市州) and county (区县)."""

    code: str
    name: str
    kind: str
    branch: Text
    county: Text


class RoundLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A round by code and name."""

    code: str
    name: Text
    visit_kind: str
    state: str


class RegionLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the org tree. `path` is what a filter sends back."""

    code: str
    path: str
    level: str
    name: Text


class RubricLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A rubric version by code, number and title."""

    digest: str
    code: str
    number: int
    edition: str
    title: Text
