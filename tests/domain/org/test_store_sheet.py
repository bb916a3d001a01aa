import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.imports.sheet import MOST_ROWS
from inspection.domain.org.store_sheet import StoreSheet, read_store_sheet
from tests.sheet_texts import text_of

HEAD = "code,name,kind,region\n"
GOOD = "GS0101,云汀路客户俱乐部,客户俱乐部,620102\n"


def read(text: str) -> StoreSheet:
    return read_store_sheet(text_of(text.encode()))


def codes(text: str) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in read(text).faults]


def test_a_row_becomes_an_entry():
    sheet = read(
        "门店编码,门店名称,门店类型,区县编码,设施要求,经营方式,纬度,经度\n"
        "GS0101,云汀路客户俱乐部,客户俱乐部,620102,guest_wifi；queue_machine,合作,36.06,-103.5\n"
    )
    (entry,) = sheet.entries
    assert sheet.faults == ()
    assert (entry.line, entry.kind, entry.ownership) == (2, "customer_club", "partner")
    assert entry.features == ("guest_wifi", "queue_machine")
    assert (entry.latitude_e6, entry.longitude_e6) == (36_060_000, -103_500_000)


def test_optional_columns_have_defaults():
    (entry,) = read(HEAD + GOOD).entries
    assert (entry.ownership, entry.features, entry.latitude_e6) == ("own", (), None)


def test_an_entry_names_the_columns_it_has_a_cell_in():
    head = "code,name,kind,region,address,features\n"
    empty, short = read(head + "GS1,名,营业厅,620102,,\n" + "GS2,名,营业厅,620102,路\n").entries
    required = {"code", "name", "kind", "region"}
    assert empty.given == required | {"address", "features"}
    assert short.given == required | {"address"}


def test_every_fault_of_every_row_is_named():
    found = codes(HEAD + GOOD + "GS0101,,大卖场,620102\n" + "坏 码,名,营业厅,\n")
    assert found == [
        ("/3/name", "sheet.cell_empty"),
        ("/3/kind", "sheet.kind_unknown"),
        ("/3/code", "sheet.code_twice"),
        ("/4/region", "sheet.cell_empty"),
        ("/4/code", "sheet.code_form"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("features", "guest_wifi;ball_pool", "sheet.feature_unknown"),
        ("ownership", "租", "sheet.ownership_unknown"),
        ("contact_phone", "打给我", "sheet.phone_form"),
        ("latitude", "91", "sheet.degrees"),
        ("longitude", "180.0000001", "sheet.degrees"),
        ("longitude", "nan", "sheet.degrees"),
        ("address", "x" * 241, "sheet.too_long"),
        ("contact_name", "张\u202e三", "sheet.characters"),
    ],
)
def test_a_bad_cell_is_named_by_its_column(column, value, code):
    text = f"code,name,kind,region,{column}\nGS1,名,营业厅,620102,{value}\n"
    assert codes(text) == [(f"/2/{column}", code)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ("/1", "sheet.empty")),
        ("code,name,kind\n", ("/1/region", "sheet.column_missing")),
        ("code,name,kind,region,colour\n", ("/1/colour", "sheet.column_unknown")),
        ("code,name,kind,region,code\n", ("/1/code", "sheet.column_twice")),
        (HEAD + "GS1,名,营业厅,620102,more\n", ("/2", "sheet.cells_too_many")),
        (HEAD + 'GS1,"名,营业厅,620102\n', ("/2", "sheet.malformed")),
    ],
)
def test_a_bad_sheet_says_where(text, fault):
    assert fault in codes(text)


def test_too_many_rows_are_refused_before_they_are_read():
    assert codes(HEAD + GOOD * (MOST_ROWS + 1))[0][1] == "sheet.too_many_rows"


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    sheet = read(HEAD + text)
    assert all(entry.code and entry.name and entry.region for entry in sheet.entries)
    assert all(fault.pointer.startswith("/") for fault in sheet.faults)
