"""A sheet of stores as an operator keeps it: text cells in, checked entries or named faults out."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from inspection.domain.refusals import Fault
from inspection.domain.rubric import STORE_FEATURES, StoreKind

COLUMNS: Mapping[str, tuple[str, ...]] = {
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
"""Column by its headings, English and Chinese."""

REQUIRED = ("code", "name", "kind", "region")
KINDS: Mapping[str, StoreKind] = {
    "customer_club": "customer_club",
    "客户俱乐部": "customer_club",
    "storefront": "storefront",
    "营业厅": "storefront",
}
OWNERSHIPS = {"": "own", "own": "own", "自有": "own", "partner": "partner", "合作": "partner"}
LENGTHS = {"code": 40, "name": 60, "address": 240, "contact_name": 60, "contact_phone": 40}
MOST_ROWS = 20_000

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
_PHONE = re.compile(r"[0-9+ ()-]{5,40}", re.ASCII)
_DEGREES = re.compile(r"(-?)([0-9]{1,3})(?:\.([0-9]{1,6}))?", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class StoreEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One store of the sheet, checked. `line` is its line in the file."""

    line: int
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


class Sheet(msgspec.Struct, frozen=True):
    """What a file says: entries for the good rows, faults for the others."""

    entries: tuple[StoreEntry, ...]
    faults: tuple[Fault, ...]


def read_sheet(text: str) -> Sheet:
    """Read CSV with a heading row. A pointer is `/line/column`; line 1 is the heading."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        return Sheet((), (Fault(f"/{reader.line_num}", "sheet.malformed", reason=str(error)),))
    if not rows:
        return Sheet((), (Fault("/1", "sheet.empty"),))
    columns, faults = _headings(rows[0][1])
    if len(rows) - 1 > MOST_ROWS:
        faults.append(Fault(f"/{MOST_ROWS + 2}", "sheet.too_many_rows", most=MOST_ROWS))
    if faults:
        return Sheet((), tuple(faults))
    return _body(columns, rows[1:])


def _headings(cells: list[str]) -> tuple[list[str], list[Fault]]:
    known = {heading: column for column, names in COLUMNS.items() for heading in names}
    columns = [known.get(cell.strip().lower().lstrip("\ufeff"), "") for cell in cells]
    faults = [
        Fault(f"/1/{cell.strip() or place}", "sheet.column_unknown", column=cell.strip())
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True), start=1)
        if not column
    ]
    faults += [
        Fault(f"/1/{column}", "sheet.column_twice", column=column)
        for column in sorted(set(columns) - {""})
        if columns.count(column) > 1
    ]
    faults += [
        Fault(f"/1/{column}", "sheet.column_missing", column=COLUMNS[column][1])
        for column in REQUIRED
        if column not in columns
    ]
    return columns, faults


def _body(columns: list[str], rows: list[tuple[int, list[str]]]) -> Sheet:
    entries: list[StoreEntry] = []
    faults: list[Fault] = []
    first_line: dict[str, int] = {}
    for line, cells in rows:
        found = list(_row_faults(line, columns, cells))
        named = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        code = named.get("code", "")
        if code and code in first_line:
            found.append(
                Fault(f"/{line}/code", "sheet.code_twice", value=code, line=first_line[code])
            )
        first_line.setdefault(code, line)
        faults += found
        if not found:
            entries.append(_entry(line, named))
    return Sheet(tuple(entries), tuple(faults))


def _row_faults(line: int, columns: list[str], cells: list[str]) -> Iterator[Fault]:
    if len(cells) > len(columns):
        yield Fault(f"/{line}", "sheet.cells_too_many", most=len(columns))
        return
    named = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    for column in REQUIRED:
        if not named.get(column):
            yield Fault(f"/{line}/{column}", "sheet.cell_empty")
    for column, value in named.items():
        if value and (code := _cell_fault(column, value)):
            yield Fault(f"/{line}/{column}", code, value=value[:60])


def _cell_fault(column: str, value: str) -> str | None:
    if _CONTROL.search(value):
        return "sheet.characters"
    if len(value) > LENGTHS.get(column, 240):
        return "sheet.too_long"
    check = _CHECKS.get(column)
    return check[1] if check and not check[0](value) else None


def _features(value: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in re.split(r"[;；,，|]", value) if part.strip()}))


def _degrees_e6(value: str, most: int) -> int | None:
    form = _DEGREES.fullmatch(value)
    if form is None:
        return None
    sign, whole, part = form.groups()
    size = int(whole) * 1_000_000 + int(((part or "") + "000000")[:6])
    return None if size > most * 1_000_000 else (-size if sign else size)


_CHECKS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "code": (_CODE.fullmatch, "sheet.code_form"),
    "kind": (KINDS.__contains__, "sheet.kind_unknown"),
    "ownership": (OWNERSHIPS.__contains__, "sheet.ownership_unknown"),
    "features": (lambda value: set(_features(value)) <= STORE_FEATURES, "sheet.feature_unknown"),
    "contact_phone": (_PHONE.fullmatch, "sheet.phone_form"),
    "latitude": (lambda value: _degrees_e6(value, 90) is not None, "sheet.degrees"),
    "longitude": (lambda value: _degrees_e6(value, 180) is not None, "sheet.degrees"),
}


def _entry(line: int, named: dict[str, str]) -> StoreEntry:
    return StoreEntry(
        line=line,
        code=named["code"],
        name=named["name"],
        kind=KINDS[named["kind"]],
        region=named["region"],
        features=_features(named.get("features", "")),
        ownership=OWNERSHIPS[named.get("ownership", "")],
        address=named.get("address", ""),
        contact_name=named.get("contact_name", ""),
        contact_phone=named.get("contact_phone", ""),
        latitude_e6=_degrees_e6(named.get("latitude", ""), 90),
        longitude_e6=_degrees_e6(named.get("longitude", ""), 180),
    )
