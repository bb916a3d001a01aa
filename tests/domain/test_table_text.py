"""What people typed never runs in a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.table_text import original_cell, safe_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "|calc", "＝1", "－1", "%0a=1", "\n=1", "\0=1"],
)
def test_a_formula_is_disarmed(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "河桥东街", "GS-LZ-0137", "89.5", "'quoted", "a=b"])
def test_ordinary_text_stays_as_it_is(text):
    assert safe_cell(text) == text


@given(st.text())
def test_no_cell_begins_with_a_sign_a_spreadsheet_obeys(text):
    assert safe_cell(text)[:1] not in set("=+-@\t\r\n|%＝＋－＠")


@given(st.text() | st.from_regex("'*[=+@'－-].*", fullmatch=True))
def test_only_what_was_put_before_a_cell_is_taken_away_again(text):
    assert original_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["'quoted", "'", "''", "", "a"])
def test_apostrophes_people_typed_stay(text):
    assert original_cell(text) == text
