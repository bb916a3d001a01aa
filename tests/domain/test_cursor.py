"""Cursors come back as they went out, and nothing else is taken."""

from contextlib import suppress
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.cursor import read, written
from inspection.domain.refusals import CursorRefused


class Place(msgspec.Struct, frozen=True, array_like=True):
    at: datetime
    name: str


@given(at=st.datetimes(timezones=st.just(UTC)), name=st.text(max_size=20))
def test_a_cursor_comes_back_as_it_went_out(at, name):
    assert read(written(Place(at, name)), Place) == Place(at, name)


def test_no_cursor_is_the_first_page():
    assert read("", Place) is None


@pytest.mark.parametrize("text", ["x", "!!!!", "纸", "W10", "eyJhIjoxfQ", "A" * 500, "WzEsMl0"])
def test_any_other_text_is_refused(text):
    with pytest.raises(CursorRefused):
        read(text, Place)


@given(st.text(max_size=60))
def test_damaged_text_gives_a_place_or_the_refusal_and_nothing_else(text):
    with suppress(CursorRefused):
        assert isinstance(read(text, Place), Place | None)
