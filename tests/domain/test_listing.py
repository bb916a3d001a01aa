"""What is asked of a list, as its address says it."""

from datetime import date

import pytest

from inspection.domain.listing import asked_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-16", date(2026, 11, 16)),
        ("", None),
        ("2026-02-30", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
    ],
)
def test_a_day_nobody_can_mean_is_none(text, day):
    assert asked_day(text) == day
