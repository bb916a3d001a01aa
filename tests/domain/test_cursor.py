"""Cursors come back as they went out, and nothing else is taken."""

import json
from base64 import urlsafe_b64encode
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.cursor import read, written
from inspection.domain.refusals import CursorRefused


class Place(msgspec.Struct, frozen=True, array_like=True):
    at: datetime
    name: str


class Named(msgspec.Struct, frozen=True, array_like=True):
    name: str | int


def encoded(place):
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


TIMES = st.integers(0, 6_000_000_000).map(
    lambda seconds: datetime(2000, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)
)
NAMES = st.text(st.characters(exclude_categories=["C"]), max_size=20)


@given(at=TIMES, name=NAMES)
def test_a_cursor_comes_back_as_it_went_out(at, name):
    assert read(written(Place(at, name)), Place) == Place(at, name)


@pytest.mark.parametrize("number", [-(2**63), 2**53, 2**63 - 1])
def test_whatever_a_column_holds_comes_back(number):
    assert read(written(Named(number)), Named) == Named(number)


def test_no_cursor_is_the_first_page():
    assert read("", Place) is None


@pytest.mark.parametrize("text", ["x", "!!!!", "纸", "W10", "eyJhIjoxfQ", "A" * 500, "WzEsMl0"])
def test_any_other_text_is_refused(text):
    with pytest.raises(CursorRefused):
        read(text, Place)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_no_zone_can_be_added_to_is_refused(at):
    with pytest.raises(CursorRefused):
        read(encoded([at, "a"]), Place)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(CursorRefused):
        read(encoded(["2026-11-18T01:00:00", "a"]), Place)


@pytest.mark.parametrize("name", ["a\0", "\x1f", "\ud800", 2**63, -(2**63) - 1, 10**25])
def test_what_no_database_looks_up_is_refused(name):
    with pytest.raises(CursorRefused):
        read(encoded([name]), Named)


@given(st.text(max_size=60))
def test_damaged_text_gives_a_place_or_the_refusal_and_nothing_else(text):
    with suppress(CursorRefused):
        assert isinstance(read(text, Place), Place | None)
