"""A rubric's document -> the sheets of a workbook: an item a row, sections and rules beside."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from inspection.domain.points import parse, plain
from inspection.domain.rubrics.rubric_columns import (
    CARD_FIELDS,
    GRADE_LISTS,
    REASON_LISTS,
    SHEETS,
    YES,
    Column,
    SheetName,
)
from inspection.domain.rubrics.rubric_document import Document
from inspection.domain.table import Cell, Row, Table


def sheets_of(document: Document, names: dict[SheetName, str], *, chinese: bool) -> list[Table]:
    """The sheets under these names. Numbers are numbers, so that a spreadsheet can add them up."""
    rows = {
        "items": _items(document),
        "reasons": _reasons(document),
        "sections": _rows("sections", _tables(document.get("sections"))),
        "grades": _grades(document),
        "card": _card(document),
    }
    return [
        Table(names[sheet], tuple(c.chinese if chinese else c.name for c in columns), rows[sheet])
        for sheet, columns in SHEETS.items()
    ]


def _items(document: Document) -> Iterator[Row]:
    for section in _tables(document.get("sections")):
        code = _cell(section, Column("", "", "code"))
        for row in _rows("items", _tables(section.get("items"))):
            yield (code, *row)


def _reasons(document: Document) -> Iterator[Row]:
    for section in _tables(document.get("sections")):
        for item in _tables(section.get("items")):
            rule = item.get("rule")
            for name in REASON_LISTS if isinstance(rule, dict) else ():
                listed = rule[name] if isinstance(rule, dict) and name in rule else []
                parts = _tables([listed] if isinstance(listed, dict) else listed)
                for row in _rows("reasons", parts):
                    yield (_cell(item, Column("", "", "code")), name, *row)


def _grades(document: Document) -> Iterator[Row]:
    for name in GRADE_LISTS:
        for row in _rows("grades", _tables(document.get(name))):
            yield (name, *row)


def _card(document: Document) -> Iterator[Row]:
    for field in CARD_FIELDS:
        yield field, _cell(document, Column("", "", field))


def _rows(sheet: SheetName, parts: list[Document]) -> Iterator[Row]:
    """The cells of each part that say a field of it."""
    columns = [column for column in SHEETS[sheet] if column.field]
    for part in parts:
        yield tuple(_cell(part, column) for column in columns)


def _cell(part: Document, column: Column) -> Cell:
    value: Any = part
    for name in column.field.split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    if column.kind == "flag":
        return YES[0] if value is True else ""
    if column.kind == "names":
        return " ".join(map(str, value)) if isinstance(value, list) else ""
    if column.kind == "whole" and isinstance(value, int):
        return value
    if not isinstance(value, str):
        return ""
    return _number(value) if column.kind == "points" else value


def _number(text: str) -> Cell:
    """The number, where a spreadsheet would show it as it is written here."""
    try:
        return Decimal(text) if plain(parse(text)) == text else text
    except ValueError:
        return text


def _tables(value: Any) -> list[Document]:  # noqa: ANN401  any JSON
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
