"""A sheet of people as an administrator keeps it: checked entries, or named faults."""

from collections.abc import Iterator, Mapping

import msgspec

from inspection.domain.access import Role
from inspection.domain.imports.sheet import (
    Columns,
    SheetRow,
    SheetText,
    cell_faults,
    checked_rows,
    named_rows,
    repeated,
)
from inspection.domain.people.account import sign_in_name
from inspection.domain.people.person import MOST_PSEUDONYM, checked_pseudonym
from inspection.domain.refusals import Fault, PseudonymRefused

COLUMNS: Columns = {
    "sign_in": ("sign_in", "工号"),
    "name": ("name", "姓名"),
    "role": ("role", "角色"),
    "region": ("region", "区域编码"),
    "store": ("store", "门店编码"),
    "pseudonym": ("pseudonym", "代号"),
    "language": ("language", "语言"),
}
REQUIRED = ("sign_in", "name", "role")
ROLES: Mapping[str, Role] = {
    **{role.value: role for role in Role},
    "检查员": Role.INSPECTOR,
    "门店人员": Role.STORE_STAFF,
    "区域经理": Role.REGIONAL_MANAGER,
    "审核员": Role.REVIEWER,
    "系统管理员": Role.ADMINISTRATOR,
}
LANGUAGES = {"": "zh-CN", "zh-CN": "zh-CN", "中文": "zh-CN", "en": "en", "English": "en"}
LENGTHS = {"sign_in": 60, "name": 60, "region": 25, "store": 40, "pseudonym": MOST_PSEUDONYM}


class PersonEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the sheet, checked. `given` names the columns the row has a cell in."""

    line: int
    given: frozenset[str]
    sign_in: str
    name: str
    role: Role
    region: str
    store: str
    pseudonym: str
    language: str


class PersonSheet(msgspec.Struct, frozen=True):
    """What a file says: all its rows, entries for the good ones, faults for the others."""

    entries: tuple[PersonEntry, ...] = ()
    faults: tuple[Fault, ...] = ()
    rows: tuple[SheetRow, ...] = ()


def read_person_sheet(text: SheetText) -> PersonSheet:
    """Read and check a file row by row."""
    table = named_rows(text, COLUMNS, REQUIRED)
    twice = {
        "sign_in": repeated(table.rows, lambda row: sign_in_name(row.cell("sign_in"))),
        "pseudonym": repeated(table.rows, _pseudonym),
    }

    def faults_of(row: SheetRow) -> Iterator[Fault]:
        yield from _row_faults(row)
        for column, lines in twice.items():
            if before := lines.get(row.line):
                value = row.cell(column)
                yield Fault(row.at(column), f"sheet.{column}_twice", value=value, line=before)

    entries, faults = checked_rows(table, faults_of, _entry)
    return PersonSheet(entries, faults, table.rows)


def _row_faults(row: SheetRow) -> Iterator[Fault]:
    common = list(cell_faults(row, REQUIRED, LENGTHS))
    yield from common
    if any(fault.pointer == row.at("pseudonym") for fault in common):
        return
    if len(sign_in_name(row.cell("sign_in"))) > LENGTHS["sign_in"] >= len(row.cell("sign_in")):
        yield row.cell_fault("sign_in", "sheet.too_long")
    if row.cell("role") and row.cell("role") not in ROLES:
        yield row.cell_fault("role", "sheet.role_unknown")
    if row.cell("language") not in LANGUAGES:
        yield row.cell_fault("language", "sheet.language_unknown")
    if _pseudonym(row) is None:
        yield Fault(row.at("pseudonym"), "account.pseudonym_refused", most=MOST_PSEUDONYM)


def _pseudonym(row: SheetRow) -> str | None:
    try:
        return checked_pseudonym(row.cell("pseudonym"))
    except PseudonymRefused:
        return None


def _entry(row: SheetRow) -> PersonEntry:
    return PersonEntry(
        line=row.line,
        given=frozenset(row.cells),
        sign_in=sign_in_name(row.cell("sign_in")),
        name=row.cell("name"),
        role=ROLES[row.cell("role")],
        region=row.cell("region"),
        store=row.cell("store"),
        pseudonym=_pseudonym(row) or "",
        language=LANGUAGES[row.cell("language")],
    )
