"""The sheets of a workbook -> a rubric's document, or which row does not belong anywhere."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from inspection.domain.imports.sheet import SheetRow, SheetText, named_rows
from inspection.domain.refusals import Fault
from inspection.domain.rubrics.rubric_columns import (
    CARD_FIELDS,
    GRADE_LISTS,
    REASON_LISTS,
    SHEETS,
    TELLING,
    YES,
    Column,
    SheetName,
    headings_of,
)
from inspection.domain.rubrics.rubric_document import Document

Rows = dict[SheetName, tuple[SheetRow, ...]]


class ReadSheets(msgspec.Struct, frozen=True):
    """What a workbook gave: a document and no faults, or faults, each at "/sheet/line/column"."""

    document: Document
    faults: tuple[Fault, ...] = ()


def read_sheets(texts: Iterable[SheetText]) -> ReadSheets:
    """Put the sheets of a workbook together; sheets of other things are passed over."""
    rows: Rows = {}
    faults: list[Fault] = []
    for text in texts:
        if (sheet := _known(text)) is None or sheet in rows:
            continue
        table = named_rows(text, headings_of(sheet), (TELLING[sheet],), may_be_bare=True)
        rows[sheet] = table.rows
        faults += [_within(sheet, fault) for fault in table.faults]
    faults += [
        Fault(f"/{sheet}", "rubric_sheet.missing", sheet=sheet)
        for sheet in ("items", "sections")
        if sheet not in rows
    ]
    if faults:
        return ReadSheets({}, tuple(faults))
    reading = _Reading(rows)
    return ReadSheets(reading.document(), tuple(reading.faults))


class _Reading:
    """One workbook being put together."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.faults: list[Fault] = []

    def document(self) -> Document:
        document: Document = {}
        for row in self.rows.get("card", ()):
            self._say(document, row)
        for group, row in self._listed("grades", "group", GRADE_LISTS):
            document.setdefault(group, []).append(_part("grades", row))
        sections = [{**_part("sections", row), "items": []} for row in self.rows["sections"]]
        document["sections"] = sections
        self._place_items({section.get("code", ""): section for section in reversed(sections)})
        return document

    def _say(self, document: Document, row: SheetRow) -> None:
        field, value = row.cell("field"), row.cell("value")
        if field not in CARD_FIELDS:
            self._fault("card", row, "field", "rubric_sheet.field_unknown")
        elif value:
            _put(document, field, value)

    def _place_items(self, sections: dict[str, Document]) -> None:
        items: dict[str, Document] = {}
        for row in self.rows["items"]:
            item = _part("items", row)
            if (section := sections.get(row.cell("section"))) is None:
                self._fault("items", row, "section", "rubric_sheet.section_unknown")
            else:
                section["items"].append(item)
                items.setdefault(item.get("code", ""), item)
        for name, row in self._listed("reasons", "list", REASON_LISTS):
            if (found := items.get(row.cell("item"))) is None:
                self._fault("reasons", row, "item", "rubric_sheet.item_unknown")
                continue
            rule, reason = found.setdefault("rule", {}), _part("reasons", row)
            if name == "veto_option":
                rule[name] = reason
            else:
                rule.setdefault(name, []).append(reason)

    def _listed(
        self, sheet: SheetName, column: str, lists: tuple[str, ...]
    ) -> Iterator[tuple[str, SheetRow]]:
        for row in self.rows.get(sheet, ()):
            if row.cell(column) in lists:
                yield row.cell(column), row
            else:
                self._fault(sheet, row, column, "rubric_sheet.list_unknown")

    def _fault(self, sheet: SheetName, row: SheetRow, column: str, code: str) -> None:
        self.faults.append(_within(sheet, row.cell_fault(column, code)))


def _known(text: SheetText) -> SheetName | None:
    """Which of our sheets this is, by a heading only one of them has."""
    heads = text.lines[0].cells if text.lines else ()
    said = {cell.strip().lower() for cell in heads}
    for sheet, name in TELLING.items():
        if said & set(headings_of(sheet)[name]):
            return sheet
    return None


def _part(sheet: SheetName, row: SheetRow) -> Document:
    part: Document = {}
    for column in SHEETS[sheet]:
        if column.field and (text := row.cell(column.name)):
            _put(part, column.field, _value(column, text))
    return part


def _value(column: Column, text: str) -> object:
    if column.kind == "flag":
        return True if text.lower() in YES else None
    if column.kind == "names":
        return text.split()
    return int(text) if column.kind == "whole" and text.isdecimal() and len(text) < 7 else text


def _put(part: Document, field: str, value: object) -> None:
    if value is None:
        return
    *above, last = field.split("/")
    inner: Any = part
    for name in above:
        inner = inner.setdefault(name, {})
    inner[last] = value


def _within(sheet: SheetName, fault: Fault) -> Fault:
    return Fault(f"/{sheet}{fault.pointer}", fault.code, **fault.facts)
