"""A sheet of complaints: weeks from any of their days, counts, and what is wrong with others."""

from datetime import date

import pytest

from inspection.domain.bulletins.complaint_sheet import read_complaint_sheet
from inspection.domain.imports.sheet import SheetLine, SheetText

TODAY = date(2026, 11, 18)
HEAD = ("周", "区域或门店编码", "渠道", "件数")


def read(*rows, head=HEAD):
    lines = tuple(SheetLine(n, cells) for n, cells in enumerate((head, *rows), 1))
    return read_complaint_sheet(SheetText(lines), TODAY)


@pytest.mark.parametrize(
    "said", ["2026-11-16", "2026/11/18", "2026.11.22", "2026-11-17T00:00:00", "2026-11-19 00:00"]
)
def test_any_day_means_its_week(said):
    (entry,) = read((said, "620100", "热线", "12.0")).entries
    assert (entry.week, entry.n) == (date(2026, 11, 16), 12)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (("第47周", "620100", "热线", "1"), "week", "sheet.week_unknown"),
        (("2026-02-30", "620100", "热线", "1"), "week", "sheet.week_unknown"),
        (("1026-11-16", "620100", "热线", "1"), "week", "sheet.week_unknown"),
        (("0001-01-00", "620100", "热线", "1"), "week", "sheet.week_unknown"),
        (("2026-11-23", "620100", "热线", "1"), "week", "sheet.week_ahead"),
        (("2026-11-16", "620100", "热线", "-1"), "count", "sheet.count_unknown"),
        (("2026-11-16", "620100", "热线", "1.5"), "count", "sheet.count_unknown"),
        (("2026-11-16", "620100", "长" * 21, "1"), "channel", "sheet.too_long"),
        (("2026-11-16", "", "热线", "1"), "place", "sheet.cell_empty"),
    ],
)
def test_what_is_wrong_is_told_by_cell(cells, column, code):
    sheet = read(cells)
    assert sheet.entries == ()
    assert [(fault.pointer, fault.code) for fault in sheet.faults] == [(f"/2/{column}", code)]


def test_the_same_count_twice_is_a_fault_of_the_second():
    sheet = read(("2026-11-16", "620100", "热线", "1"), ("2026-11-18", "620100", "热线", "2"))
    (fault,) = sheet.faults
    assert (fault.code, fault.facts) == ("sheet.complaint_twice", {"line": 2})


def test_a_sheet_without_its_columns_is_refused_as_a_whole():
    assert read(head=("周",)).rows == ()
