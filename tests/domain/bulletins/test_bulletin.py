"""What an issue is about, who it is for, and how its figures are printed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.bulletins.bulletin import (
    BulletinMove,
    BulletinState,
    Period,
    is_for,
    month_until,
    move,
    paragraphs,
    week_of,
    year_before,
    year_until,
)
from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.refusals import MoveRefused
from inspection.domain.refusals.bulletins import BulletinPeriodRefused

TODAY = date(2026, 11, 18)


def test_what_is_published_moves_no_more():
    assert move(BulletinState.DRAFT, BulletinMove.PUBLISH) is BulletinState.PUBLISHED
    for wanted in BulletinMove:
        with pytest.raises(MoveRefused):
            move(BulletinState.PUBLISHED, wanted)


def test_a_week_goes_from_monday_to_sunday_in_china():
    week = week_of(TODAY, TODAY)
    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week.begins_at.astimezone(UTC) == datetime(2026, 11, 15, 16, tzinfo=UTC)
    assert week.ends_at.astimezone(UTC) == datetime(2026, 11, 22, 16, tzinfo=UTC)


def test_a_week_that_has_not_begun_or_nobody_can_mean_is_refused():
    assert week_of(date(2026, 11, 22), TODAY).first == date(2026, 11, 16)
    for day in (date(2026, 11, 23), date(1, 1, 3), date(1999, 12, 31)):
        with pytest.raises(BulletinPeriodRefused):
            week_of(day, TODAY)


def test_what_is_added_up_ends_with_the_period():
    assert month_until(TODAY).first == date(2026, 11, 1)
    assert year_until(TODAY) == Period(first=date(2026, 1, 1), last=TODAY)
    assert year_before(year_until(TODAY)).last == date(2025, 11, 18)
    assert year_before(Period(first=date(2028, 1, 1), last=date(2028, 2, 29))).last == date(
        2027, 2, 28
    )


@pytest.mark.parametrize(
    ("region", "reader", "expected"),
    [
        ("/62/", "/62/6201/", True),
        ("/62/6201/", "/62/", True),
        ("/62/6201/", "/62/6201/", True),
        ("/62/6201/", "/62/6205/", False),
        ("/62/", "", False),
    ],
)
def test_an_issue_is_for_those_around_and_below(region, reader, expected):
    assert is_for(region, reader) is expected


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [(19, 22, "86.4%"), (1, 8, "12.5%"), (1, 16, "6.3%"), (0, 3, "0.0%"), (0, 0, "—")],
)
def test_a_share_is_rounded_half_up_once(part, whole, printed):
    assert Share(part=part, whole=whole).percent == printed


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_a_share_is_never_further_off_than_half_of_its_last_digit(whole, part):
    shown = round(float(Share(part=part, whole=whole).percent.rstrip("%")) * 10)
    assert abs(shown * whole - 1000 * part) * 2 <= whole


def test_lines_are_paragraphs():
    assert paragraphs(" 一 \n\n二\n") == ("一", "二")
