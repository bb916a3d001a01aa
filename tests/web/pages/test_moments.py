"""Times as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inspection.web.pages import moments
from inspection.wording import Language

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def test_the_clock_is_shanghais_and_names_another_year():
    assert moments.clock(NOW, NOW) == "11-18 09:00"
    assert moments.clock(NOW.replace(tzinfo=None), NOW) == "11-18 09:00"
    assert moments.clock(NOW - timedelta(days=400), NOW) == "2025-10-14 09:00"
    assert moments.clock(None, NOW) == "—"


def test_new_year_begins_in_shanghai():
    eve = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert moments.clock(eve, NOW) == "2027-01-01 00:30"
    assert moments.day(eve) == "2027-01-01"


def test_a_day_is_a_day():
    assert moments.day(date(2026, 11, 18)) == "2026-11-18"
    assert moments.day(None) == "—"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.5, "还剩 30 分钟"),
        (15 + 22 / 60, "还剩 15 小时 22 分"),
        (48, "还剩 2 天 0 小时"),
        (47.99, "还剩 47 小时 59 分"),
        (-7, "逾期 7 小时 0 分"),
        (-52, "逾期 2 天 4 小时"),
        (0, "还剩 0 分钟"),
    ],
)
def test_time_left_is_said_in_hours_and_from_two_days_on_in_days(hours, said):
    assert moments.left(Language.ZH, NOW + timedelta(hours=hours), NOW) == said


def test_time_left_in_english():
    assert moments.left(Language.EN, NOW + timedelta(hours=3), NOW) == "3 h 0 min left"
