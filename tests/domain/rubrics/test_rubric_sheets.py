"""A rubric in a workbook's sheets and back again is the same rubric."""

import pytest
from hypothesis import given

from inspection.domain.imports.sheet import SheetLine, SheetText
from inspection.domain.rubrics.rubric_columns import SHEETS
from inspection.domain.rubrics.rubric_document import check_document
from inspection.domain.rubrics.rubric_sheet_reading import read_sheets
from inspection.domain.rubrics.rubric_sheets import sheets_of
from inspection.domain.rubrics.rubric_writer import document_of
from tests.domain.any_rubric import DOCUMENTS, rubrics
from tests.domain.sheets import KC, KH, MINI

NAMES = {sheet: sheet for sheet in SHEETS}


def texts_of(document, *, chinese=False):
    """The sheets as they read back from a file."""
    found = []
    for table in sheets_of(document, NAMES, chinese=chinese):
        lines = [table.headings, *table.rows]
        found.append(
            SheetText(
                tuple(
                    SheetLine(n, tuple("" if cell is None else str(cell) for cell in cells))
                    for n, cells in enumerate(lines, start=1)
                )
            )
        )
    return found


def changed(document, sheet, line, column, value):
    """The sheets with one cell changed."""
    texts = texts_of(document)
    place = list(SHEETS).index(sheet)
    lines = list(texts[place].lines)
    cells = list(lines[line - 1].cells)
    cells[[c.name for c in SHEETS[sheet]].index(column)] = value
    lines[line - 1] = SheetLine(line, tuple(cells))
    texts[place] = SheetText(tuple(lines))
    return texts


@pytest.mark.parametrize("chinese", [False, True], ids=["en", "zh"])
@pytest.mark.parametrize("rubric", [KC, KH, MINI], ids=["KC", "KH", "MINI"])
def test_a_rubric_survives_its_sheets(rubric, chinese):
    found = read_sheets(texts_of(document_of(rubric), chinese=chinese))
    assert found.faults == ()
    assert check_document(found.document).rubric == rubric
    assert found.document == document_of(rubric)


def tidied(value):
    """Texts without white space around them: cells lose it."""
    if isinstance(value, dict):
        return {name: tidied(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [tidied(inner) for inner in value]
    return value.strip() if isinstance(value, str) else value


@given(rubrics())
def test_any_rubric_survives_its_sheets(rubric):
    document = tidied(document_of(rubric))
    found = read_sheets(texts_of(document))
    assert found.faults == ()
    assert found.document == document


@given(DOCUMENTS)
def test_any_draft_can_be_written_as_sheets_and_read(document):
    read_sheets(texts_of(document))


def test_there_is_a_row_for_each_item_and_numbers_are_numbers():
    items, reasons, sections, *_ = sheets_of(document_of(KC), NAMES, chinese=False)
    rows = list(items.rows)
    assert len(rows) == 37
    assert sum(row[4] for row in rows) == 100
    assert len(list(sections.rows)) == 7
    assert ("KC-F-01", "options", "not_provided") in {row[:3] for row in reasons.rows}


def test_the_order_of_sheets_and_what_else_is_in_the_book_do_not_matter():
    other = SheetText((SheetLine(1, ("x", "y")),))
    texts = [SheetText(), other, *reversed(texts_of(document_of(MINI))), *texts_of(document_of(KC))]
    assert read_sheets(texts).document == document_of(MINI)


@pytest.mark.parametrize(
    ("sheet", "column", "value", "code"),
    [
        ("items", "section", "KC-Z", "rubric_sheet.section_unknown"),
        ("reasons", "item", "KC-Z-01", "rubric_sheet.item_unknown"),
        ("reasons", "list", "choices", "rubric_sheet.list_unknown"),
        ("grades", "group", "marks", "rubric_sheet.list_unknown"),
        ("card", "field", "colour", "rubric_sheet.field_unknown"),
    ],
)
def test_a_row_that_belongs_nowhere_is_named(sheet, column, value, code):
    found = read_sheets(changed(document_of(KC), sheet, 3, column, value))
    assert [(fault.pointer, fault.code) for fault in found.faults] == [
        (f"/{sheet}/3/{column}", code)
    ]


def test_without_items_and_sections_there_is_no_rubric():
    found = read_sheets(texts_of(document_of(KC))[3:])
    assert [fault.pointer for fault in found.faults] == ["/items", "/sections"]


def test_a_heading_nobody_knows_is_named():
    found = read_sheets(changed(document_of(KC), "sections", 1, "short_zh", "colour"))
    assert [(fault.pointer, fault.code) for fault in found.faults] == [
        ("/sections/1/colour", "sheet.column_unknown")
    ]


def test_what_is_no_number_stays_what_was_typed():
    document = document_of(KC)
    item = document["sections"][0]["items"][0]
    item["full"], item["hours"] = "3.00", "soon"
    item["rule"]["each"] = "one"
    document["sections"][0]["over_allocated"] = "no"
    found = read_sheets(texts_of(document)).document["sections"][0]
    assert (found["items"][0]["full"], found["items"][0]["hours"]) == ("3.00", "soon")
    assert found["items"][0]["rule"]["each"] == "one"
    assert "over_allocated" not in found
    back = read_sheets(changed(document_of(KC), "sections", 2, "over_allocated", "perhaps"))
    assert "over_allocated" not in back.document["sections"][0]


def test_photos_and_a_role_survive_too():
    document = document_of(KC)
    said = {"photos": ["a" * 64, "b" * 64], "responsible": {"zh": "店长", "en": "Store manager"}}
    document["sections"][0]["items"][0] |= said
    assert read_sheets(texts_of(document)).document == document


def test_an_empty_cell_of_the_card_says_nothing():
    whole = read_sheets(texts_of(document_of(KC))).document
    emptied = read_sheets(changed(document_of(KC), "card", 2, "value", "")).document
    gone = [field for field in whole if field not in emptied]
    assert len(gone) == 1
    assert emptied == {field: value for field, value in whole.items() if field not in gone}
