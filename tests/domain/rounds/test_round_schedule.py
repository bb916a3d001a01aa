"""Rhythms: when rounds begin, and which one is next."""

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rounds.round_schedule import (
    Recurrence,
    Rhythm,
    is_due,
    last_day,
    next_start,
    period,
    starts,
)

FIRST = date(2026, 1, 31)


def rhythm(recurrence: Recurrence = Recurrence.MONTHLY, **parts) -> Rhythm:
    return Rhythm(**({"starts_on": FIRST, "recurrence": recurrence} | parts))


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        (Recurrence.MONTHLY, [FIRST, date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        (Recurrence.QUARTERLY, [FIRST, date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31)]),
        (Recurrence.WEEKS, [FIRST, date(2026, 2, 14), date(2026, 2, 28), date(2026, 3, 14)]),
    ],
)
def test_rounds_begin_by_the_rhythm(recurrence, expected):
    assert list(islice(starts(rhythm(recurrence, every=2)), 4)) == expected


@pytest.mark.parametrize(
    ("recurrence", "label"),
    [
        (Recurrence.MONTHLY, "2026-01"),
        (Recurrence.QUARTERLY, "2026Q1"),
        (Recurrence.WEEKS, "2026-01-31"),
    ],
)
def test_a_period_has_a_name(recurrence, label):
    assert period(rhythm(recurrence), FIRST) == label


def test_what_is_over_is_not_made_up_for():
    assert next_start(rhythm(), None, date(2026, 1, 1)) == FIRST
    assert next_start(rhythm(), FIRST, date(2026, 2, 1)) == date(2026, 2, 28)
    assert next_start(rhythm(), FIRST, date(2026, 9, 27)) == date(2026, 8, 31)
    assert next_start(rhythm(), FIRST, date(2026, 9, 28)) == date(2026, 9, 30)


@pytest.mark.parametrize("recurrence", Recurrence)
def test_the_calendar_ends(recurrence):
    last = rhythm(recurrence, starts_on=date(9999, 12, 1), every=52)
    assert next_start(last, date(9999, 12, 1), date(9999, 12, 2)) is None


def test_a_draft_is_due_some_days_ahead():
    assert not is_due(rhythm(ahead=14), FIRST, date(2026, 1, 16))
    assert is_due(rhythm(ahead=14), FIRST, date(2026, 1, 17))
    assert last_day(rhythm(days=28), FIRST) == date(2026, 2, 27)


@given(
    st.sampled_from(list(Recurrence)),
    st.integers(1, 8),
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.dates(date(2025, 1, 1), date(2032, 1, 1)),
)
def test_no_two_rounds_of_a_rhythm_share_a_period(recurrence, every, first, today):
    found = rhythm(recurrence, starts_on=first, every=every)
    labels = [period(found, start) for start in islice(starts(found), 60)]
    assert len(set(labels)) == 60
    one = next_start(found, None, today)
    two = next_start(found, one, today)
    assert one < two
