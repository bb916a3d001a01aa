"""What is written is read again as it was; what a person sees is what is read."""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.deadline import SHANGHAI
from inspection.domain.imports.sheet import SheetLine
from inspection.domain.table import Table
from inspection.domain.table_text import original_cell
from inspection.spreadsheets.parser import parse
from inspection.spreadsheets.reading import MOST_SHEETS, read_book, read_sheet
from inspection.spreadsheets.workbook import seen
from inspection.spreadsheets.writing import BOM, write_csv, write_xlsx
from tests.sheet_texts import text_of

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "'=1",
    "''=1",
    "'a",
)
DAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def cells_of(content: bytes, name: str) -> list[tuple[str, ...]]:
    found = read_sheet(content, name)
    assert found == text_of(content, name)
    assert found.faults == ()
    return [line.cells for line in found.lines]


def own_book(*rows: tuple[object, ...], formats: dict[int, str] | None = None) -> bytes:
    """A workbook as a spreadsheet program keeps it, with shared strings and typed cells."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("门店")
        shapes = {
            at: book.add_format({"num_format": shape}) for at, shape in (formats or {}).items()
        }
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, shapes.get(column))
    return file.getvalue()


def test_codes_keep_their_zeros_and_numbers_read_as_they_are_seen():
    book = own_book(("code", "n", "d"), ("00123", 620102, 36.061), ("7", 0.1 + 0.2, 1e15))
    assert cells_of(book, "a.xlsx")[1:] == [
        ("00123", "620102", "36.061"),
        ("7", "0.3", "1000000000000000"),
    ]


def test_dates_read_as_a_day():
    book = own_book(
        ("day",),
        (DAY,),
        (MOMENT.astimezone(SHANGHAI).replace(tzinfo=None),),
        formats={0: "yyyy-mm-dd hh:mm"},
    )
    assert cells_of(book, "a.xlsx")[1:] == [("2026-11-22",), ("2026-11-22 09:30",)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, "TRUE"),
        (-0.0, "0"),
        (12, "12"),
        (1.5e-7, "0.00000015"),
        (time(9, 5), "09:05"),
        (timedelta(hours=26), "1 day, 2:00:00"),
        (DAY, "2026-11-22"),
        (datetime.combine(DAY, time()), "2026-11-22"),
        ("a", "a"),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(cell, text):
    assert seen(cell) == text


def test_rows_keep_the_numbers_they_have_in_the_file():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(2, 1, "code")
        sheet.write(5, 1, "1")
    lines = read_sheet(file.getvalue(), "a.xlsx").lines
    assert lines == (SheetLine(3, ("", "code")), SheetLine(6, ("", "1")))
    lines = read_sheet(b'code\n\n"1\n2"\n\n3\n', "a.csv").lines
    assert [(line.number, line.cells) for line in lines] == [
        (1, ("code",)),
        (3, ("1\n2",)),
        (6, ("3",)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_is_read(encoding, separator):
    text = f"门店编码{separator}门店名称\r\nGS1{separator}新街，营业厅\r\n"
    assert cells_of(text.encode(encoding), "a.csv") == [
        ("门店编码", "门店名称"),
        ("GS1", "新街，营业厅"),
    ]


def test_a_separator_within_quotes_says_nothing():
    assert cells_of(b'"a;b;c",d\n1,2\n', "a.csv") == [("a;b;c", "d"), ("1", "2")]


def test_accents_without_chinese_are_read_where_nothing_else_can_be_meant():
    assert cells_of("name\nCafé\n".encode("utf-8-sig"), "a.csv")[1] == ("Café",)
    assert cells_of("name\nCafé – bar\n".encode(), "a.csv")[1] == ("Café – bar",)


TABLE = Table(
    "a/b[门店]",
    ("名称", "数"),
    [("甲", 3), ("乙", Decimal("89.5")), ("丙", DAY), ("丁", MOMENT), ("戊", None)],
)


def test_typed_cells_go_out_as_what_they_are():
    assert cells_of(write_xlsx(TABLE), "a.xlsx") == [
        ("名称", "数"),
        ("甲", "3"),
        ("乙", "89.5"),
        ("丙", "2026-11-22"),
        ("丁", "2026-11-22 09:30"),
        ("戊", ""),
    ]
    written = write_csv(TABLE)
    assert written.startswith(BOM)
    assert cells_of(written, "a.csv")[1:] == [
        ("甲", "3"),
        ("乙", "89.5"),
        ("丙", "2026-11-22"),
        ("丁", "2026-11-22 09:30"),
        ("戊", ""),
    ]


def test_a_workbook_may_have_several_sheets_and_the_first_is_read():
    book = write_xlsx(TABLE, Table("", ("说明",), [("填写门店编码",)]))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheets = parts.read("xl/workbook.xml").decode()
    assert 'name="a b 门店"' in sheets
    assert 'name="Sheet"' in sheets
    assert cells_of(book, "a.xlsx")[0] == ("名称", "数")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_goes_out_as_text_and_comes_back_as_it_was(text):
    table = Table("a", ("x", "y"), [(text, "end")])
    book = write_xlsx(table)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert cells_of(book, "a.xlsx")[1] == (original_cell(text), "end")
    written = write_csv(table)
    assert cells_of(written, "a.csv")[1] == (text, "end")


PRINTABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(st.lists(st.tuples(PRINTABLE, PRINTABLE), min_size=1, max_size=5))
def test_csv_is_read_as_it_was_written(rows):
    table = Table("a", ("x", "y"), [(a + "·", b + "·") for a, b in rows])
    read = [line.cells for line in text_of(write_csv(table)).lines]
    assert read == [table.headings, *table.rows]


@given(st.lists(st.tuples(PRINTABLE, PRINTABLE), min_size=1, max_size=5))
def test_a_workbook_is_read_as_it_was_written(rows):
    table = Table("a", ("x", "y"), [("·" + a, "·" + b + "·") for a, b in rows])
    read = [line.cells for line in text_of(write_xlsx(table), "a.xlsx").lines]
    assert read == [table.headings, *table.rows]


def test_every_sheet_of_a_workbook_is_read():
    tables = [Table(f"{n}", ("code",), ((f"a{n}",),)) for n in range(3)]
    book = read_book(write_xlsx(*tables), "a.xlsx")
    assert [text.lines[1].cells for text in book] == [("a0",), ("a1",), ("a2",)]


def test_a_csv_file_is_one_sheet_and_a_broken_one_its_fault():
    (text,) = read_book(b"code\n1\n", "a.csv")
    assert text.lines[1].cells == ("1",)
    (broken,) = read_book(b"PK\x03\x04 nothing", "a.xlsx")
    assert broken.faults


def test_of_very_many_sheets_the_first_are_read():
    tables = [Table(f"{n}", ("code",), ((f"a{n}",),)) for n in range(MOST_SHEETS + 1)]
    assert len(read_book(write_xlsx(*tables), "a.xlsx")) == MOST_SHEETS


def test_beyond_the_last_sheet_there_is_no_more():
    for content, name in ((b"code\n", "a.csv"), (write_xlsx(Table("a", ("code",), ())), "a.xlsx")):
        said = io.BytesIO()
        parse(content, name, 10, said, 1)
        assert b"sheet.no_more" in said.getvalue()
