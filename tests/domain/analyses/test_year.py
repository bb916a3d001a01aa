"""Which round is the one a year before."""

from datetime import date

import pytest

from inspection.domain.analyses.year import year_before

NOW = date(2026, 10, 23)


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ({}, None),
        ({"q3": date(2026, 7, 23)}, None),
        ({"last": date(2025, 10, 23), "q3": date(2026, 7, 23)}, "last"),
        ({"a": date(2025, 12, 6), "b": date(2025, 9, 20)}, "b"),
        ({"a": date(2025, 12, 8)}, None),
        ({"b": date(2025, 10, 20), "a": date(2025, 10, 26)}, "a"),
    ],
)
def test_the_nearest_within_half_a_quarter(others, found):
    assert year_before({"now": NOW, **others}, "now") == found
