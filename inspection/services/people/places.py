"""Labels of stores, regions, rounds and rubrics as every result page shows them."""

from collections.abc import Iterable

import msgspec

from inspection.domain.org.region_path import branch_of, upwards
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.people import places
from inspection.persistence.people.places import RegionRow
from inspection.wording import Language

STORE_COLUMNS = ("store_code", "store", "branch", "county")
"""How a file says which store a row is about."""


class StoreLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A store with where it is: its branch (市州) and county (区县)."""

    code: str
    name: str
    kind: str
    branch: Text
    county: Text

    def cells(self, language: Language) -> tuple[str, str, str, str]:
        """What stands of it below `STORE_COLUMNS`."""
        return self.code, self.name, self.branch.of(language), self.county.of(language)


class RoundLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A round by code and name; a pilot is scored and never ranked."""

    code: str
    name: Text
    visit_kind: str
    state: str
    pilot: bool = False


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


NOWHERE = Text("", "")


class Map:
    """The names of the places a page mentions, read once for the whole page."""

    def __init__(self, regions: dict[str, RegionRow]) -> None:
        self._regions = regions

    def name(self, path: str) -> Text:
        """The name of one node; empty for a path nobody knows."""
        region = self._regions.get(path)
        return region.name if region else NOWHERE

    def breadcrumbs(self, path: str, language: str) -> str:
        """The way down to a node in words: 甘肃 / 兰州 / 城关区."""
        return " / ".join(self.name(above).of(language) for above in upwards(path))

    def store(self, code: str, name: str, kind: str, region_path: str) -> StoreLabel:
        """A store with its branch and its county; a store right below the branch has no county."""
        branch = branch_of(region_path)
        county = NOWHERE if branch == region_path else self.name(region_path)
        return StoreLabel(code=code, name=name, kind=kind, branch=self.name(branch), county=county)


async def map_of(paths: Iterable[str]) -> Map:
    """The names of everything at and above these paths."""
    return Map(await places.names_of(paths))


def region_label(row: RegionRow) -> RegionLabel:
    """A node as pages name it."""
    return RegionLabel(code=row.code, path=row.path, level=row.level, name=row.name)
