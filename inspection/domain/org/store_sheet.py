"""A sheet of stores as an operator keeps it: text cells in, checked entries or named faults out."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from inspection.domain.coordinates import LATITUDE, LONGITUDE, degrees_e6
from inspection.domain.imports.sheet import (
    Columns,
    SheetRow,
    SheetText,
    cell_faults,
    checked_rows,
    named_rows,
    repeated,
)
from inspection.domain.refusals import Fault
from inspection.domain.rubrics.rubric import STORE_FEATURES, StoreKind

COLUMNS: Columns = {
    "code": ("code", "门店编码"),
    "name": ("name", "门店名称"),
    "kind": ("kind", "门店类型"),
    "region": ("region", "区县编码"),
    "features": ("features", "设施要求"),
    "ownership": ("ownership", "经营方式"),
    "address": ("address", "地址"),
    "contact_name": ("contact_name", "联系人"),
    "contact_phone": ("contact_phone", "联系电话"),
    "latitude": ("latitude", "纬度"),
    "longitude": ("longitude", "经度"),
}
REQUIRED = ("code", "name", "kind", "region")
KINDS: Mapping[str, StoreKind] = {
    "customer_club": "customer_club",
    "客户俱乐部": "customer_club",
    "storefront": "storefront",
    "营业厅": "storefront",
}
OWNERSHIPS = {"": "own", "own": "own", "自有": "own", "partner": "partner", "合作": "partner"}
LENGTHS = {"code": 40, "name": 60, "address": 240, "contact_name": 60, "contact_phone": 40}

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
_PHONE = re.compile(r"[0-9+ ()-]{5,40}", re.ASCII)


class StoreEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One store of the sheet, checked. `line` is its line in the file, `given` names the columns it
    has a cell in: the other fields hold what a new store gets.
    """

    line: int
    given: frozenset[str]
    code: str
    name: str
    kind: StoreKind
    region: str
    features: tuple[str, ...]
    ownership: str
    address: str
    contact_name: str
    contact_phone: str
    latitude_e6: int | None
    longitude_e6: int | None


class StoreSheet(msgspec.Struct, frozen=True):
    """What a file says: all its rows, entries for the good ones, faults for the others."""

    entries: tuple[StoreEntry, ...]
    faults: tuple[Fault, ...]
    rows: tuple[SheetRow, ...] = ()


def read_store_sheet(text: SheetText) -> StoreSheet:
    """Read and check a file row by row."""
    table = named_rows(text, COLUMNS, REQUIRED)
    twice = repeated(table.rows, lambda row: row.cell("code"))

    def faults_of(row: SheetRow) -> Iterator[Fault]:
        yield from _row_faults(row)
        if before := twice.get(row.line):
            value = row.cell("code")
            yield Fault(row.at("code"), "sheet.code_twice", value=value, line=before)

    entries, faults = checked_rows(table, faults_of, _entry)
    return StoreSheet(entries, faults, table.rows)


def _row_faults(row: SheetRow) -> Iterator[Fault]:
    common = list(cell_faults(row, REQUIRED, LENGTHS))
    yield from common
    wrong = {fault.pointer for fault in common}
    for column, value in row.cells.items():
        check = _CHECKS.get(column)
        if value and check and row.at(column) not in wrong and not check[0](value):
            yield row.cell_fault(column, check[1])


def _features(value: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in re.split(r"[;；,，|]", value) if part.strip()}))


_CHECKS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "code": (_CODE.fullmatch, "sheet.code_form"),
    "kind": (KINDS.__contains__, "sheet.kind_unknown"),
    "ownership": (OWNERSHIPS.__contains__, "sheet.ownership_unknown"),
    "features": (lambda value: set(_features(value)) <= STORE_FEATURES, "sheet.feature_unknown"),
    "contact_phone": (_PHONE.fullmatch, "sheet.phone_form"),
    "latitude": (lambda value: degrees_e6(value, LATITUDE) is not None, "sheet.degrees"),
    "longitude": (lambda value: degrees_e6(value, LONGITUDE) is not None, "sheet.degrees"),
}


def _entry(row: SheetRow) -> StoreEntry:
    named = row.cells
    return StoreEntry(
        line=row.line,
        given=frozenset(named),
        code=named["code"],
        name=named["name"],
        kind=KINDS[named["kind"]],
        region=named["region"],
        features=_features(named.get("features", "")),
        ownership=OWNERSHIPS[named.get("ownership", "")],
        address=named.get("address", ""),
        contact_name=named.get("contact_name", ""),
        contact_phone=named.get("contact_phone", ""),
        latitude_e6=degrees_e6(named.get("latitude", ""), LATITUDE),
        longitude_e6=degrees_e6(named.get("longitude", ""), LONGITUDE),
    )
