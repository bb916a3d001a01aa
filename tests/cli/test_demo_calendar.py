"""The demo's rounds hold on every day somebody may first start the product."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from inspection.cli.demo.calendar import plan_rounds

FIRST_DAY = date(2027, 1, 1)
EVERY_DAY = [FIRST_DAY + timedelta(days=n) for n in range(731)]


@pytest.mark.parametrize("count", [3, 20])
def test_every_day_of_two_years_has_rounds_of_their_own_quarter(count):
    for today in EVERY_DAY:
        rounds = plan_rounds(today, count)
        assert len({round_.code for round_ in rounds}) == count, today
        assert len({round_.zh for round_ in rounds}) == count, today
        assert len({round_.en for round_ in rounds}) == count, today


@pytest.mark.parametrize("count", [3, 20])
def test_on_every_day_of_two_years_only_the_last_window_is_open_and_holds_today(count):
    for today in EVERY_DAY:
        rounds = plan_rounds(today, count)
        assert all(round_.starts_on < round_.ends_on for round_ in rounds), today
        assert all(before.ends_on < after.starts_on for before, after in pairwise(rounds)), today
        assert [round_.open for round_ in rounds] == [False] * (count - 1) + [True], today
        assert rounds[-1].starts_on <= today <= rounds[-1].ends_on, today


def test_the_open_round_is_named_by_todays_quarter():
    rounds = plan_rounds(date(2026, 12, 31), 3)
    assert [round_.code for round_ in rounds] == ["2026Q2", "2026Q3", "2026Q4"]
