"""Text for paper: what cannot be seen goes, what does not fit is refused, nothing is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.plain_text import TextTooLong, plain, stem_of
from inspection.domain.refusals import TextUnprintable


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  云汀路 客户俱乐部\n", "云汀路 客户俱乐部"),
        ("第一行\r\n第二行\t第三行", "第一行 第二行 第三行"),
        ("a\u0000b\u0007c\u009fd", "abcd"),
        ("\u202e部乐俱\u2066户客\u200f", "部乐俱户客"),
        ("\ufeff𠮷野家", "𠮷野家"),
    ],
)
def test_controls_and_reading_direction_go(given_text, kept):
    assert plain(given_text, "name", 60) == kept


def test_what_does_not_fit_is_refused_and_named():
    assert plain("字" * 60, "name", 60) == "字" * 60
    with pytest.raises(TextTooLong) as refused:
        plain("字" * 61, "name", 60)
    assert refused.value.facts == {"field": "name", "limit": 60}


def test_half_a_character_is_refused():
    with pytest.raises(TextUnprintable) as refused:
        plain("坏\ud800字", "name", 60)
    assert refused.value.facts == {"characters": "U+D800"}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_doing_it_twice_changes_nothing(text):
    once = plain(text, "name", 80)
    assert plain(once, "name", 80) == once


@pytest.mark.parametrize(
    ("code", "stem"),
    [("2026-11", "202611"), ("十一月 Q4", "Q4"), ("十一月", "round"), ("", "round")],
)
def test_a_file_is_called_by_the_plain_letters_of_a_code(code, stem):
    assert stem_of(code, "round") == stem
