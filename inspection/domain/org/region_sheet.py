"""A sheet of regions: the org tree above the stores, checked against what is kept already."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from inspection.domain.imports.sheet import (
    Columns,
    SheetRow,
    SheetText,
    cell_faults,
    named_rows,
    repeated,
)
from inspection.domain.org.region import ABOVE, CODE_LENGTH, NAME_LENGTHS
from inspection.domain.refusals import Fault

COLUMNS: Columns = {
    "level": ("level", "层级"),
    "code": ("code", "区域编码"),
    "parent": ("parent", "上级编码"),
    "name_zh": ("name_zh", "中文名称"),
    "name_en": ("name_en", "英文名称"),
}
REQUIRED = ("level", "code", "name_zh", "name_en")
LEVELS: Mapping[str, str] = {
    "province": "province",
    "省": "province",
    "branch": "branch",
    "市州": "branch",
    "county": "county",
    "区县": "county",
}
ORDER = ("province", "branch", "county")

LENGTHS = {"code": CODE_LENGTH, "parent": CODE_LENGTH, **NAME_LENGTHS}

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*", re.ASCII)


class RegionPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a region hangs. `parent` is the code above, empty for a province."""

    level: str
    parent: str


class RegionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One region of the sheet, checked. `line` is its line in the file."""

    line: int
    code: str
    place: RegionPlace
    name_zh: str
    name_en: str


class RegionSheet(msgspec.Struct, frozen=True):
    """What a file says: regions, parents first, or faults."""

    regions: tuple[RegionLine, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_region_sheet(text: SheetText, kept: Mapping[str, RegionPlace]) -> RegionSheet:
    """Read and check a file beside the regions that are kept, by code. A parent may come before or
    after its children; a kept region may change its names only.
    """
    table = named_rows(text, COLUMNS, REQUIRED)
    if faults := table.faults or tuple(_row_faults(table.rows)):
        return RegionSheet(faults=faults)
    regions = [_region(row) for row in table.rows]
    places = {**{region.code: region.place for region in regions}, **kept}
    if faults := tuple(
        fault for region in regions for fault in _place_faults(region, places, kept)
    ):
        return RegionSheet(faults=faults)
    return RegionSheet(tuple(sorted(regions, key=lambda one: ORDER.index(one.place.level))))


def _row_faults(rows: tuple[SheetRow, ...]) -> Iterator[Fault]:
    twice = repeated(rows, lambda row: row.cell("code"))
    for row in rows:
        yield from cell_faults(row, REQUIRED, LENGTHS)
        code, level = row.cell("code"), row.cell("level")
        if level and level not in LEVELS:
            yield row.cell_fault("level", "sheet.level_unknown")
        if code and not _CODE.fullmatch(code):
            yield row.cell_fault("code", "sheet.region_code_form")
        if before := twice.get(row.line):
            yield Fault(row.at("code"), "sheet.code_twice", value=code, line=before)


def _place_faults(
    region: RegionLine, places: Mapping[str, RegionPlace], kept: Mapping[str, RegionPlace]
) -> Iterator[Fault]:
    at, above = f"/{region.line}/parent", region.place.parent
    wanted = ABOVE.get(region.place.level)
    if region.code in kept and kept[region.code] != region.place:
        yield Fault(f"/{region.line}/code", "sheet.region_moved", value=region.code)
    elif wanted is None and above:
        yield Fault(at, "sheet.parent_of_province", value=above)
    elif wanted is not None and not above:
        yield Fault(at, "sheet.cell_empty")
    elif wanted is not None and above not in places:
        yield Fault(at, "sheet.parent_unknown", value=above)
    elif wanted is not None and places[above].level != wanted:
        yield Fault(at, f"sheet.parent_of_{region.place.level}", value=above)


def _region(row: SheetRow) -> RegionLine:
    return RegionLine(
        line=row.line,
        code=row.cell("code"),
        place=RegionPlace(level=LEVELS[row.cell("level")], parent=row.cell("parent")),
        name_zh=row.cell("name_zh"),
        name_en=row.cell("name_en"),
    )
