"""Numbers of notices: one form for everybody, others by request, never an ambiguous one."""

from datetime import UTC, datetime

import pytest

from inspection.domain.notices.notice_number import (
    LEGACY,
    STANDARD,
    NumberPatternRefused,
    check_pattern,
    counter_key,
    number,
    year_of,
)


def test_the_standard_form_has_the_full_year_and_no_leading_zeros():
    assert number(STANDARD, "甘移服整", 2026, 1) == "甘移服整〔2026〕1号"
    assert number(STANDARD, "甘移服整", 2026, 1204) == "甘移服整〔2026〕1204号"


def test_the_legacy_form_pads_to_three_digits_and_grows_past_them():
    assert number(LEGACY, "甘移服整", 2026, 1) == "甘移服整字〔2026〕第001号"
    assert number(LEGACY, "甘移服整", 2026, 1204) == "甘移服整字〔2026〕第1204号"


@pytest.mark.parametrize(
    "pattern", [STANDARD, LEGACY, "{year}-{mark}-{n:04}", "{{x}}{mark}{year}{n}"]
)
def test_a_pattern_with_mark_year_and_number_is_taken(pattern):
    check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{mark}〔{year}〕号",
        "{mark}{n}号",
        "{year}{n}",
        "{mark.__class__}{year}{n}",
        "{mark[0]}{year}{n}",
        "{mark!r}{year}{n}",
        "{mark:>1000000}{year}{n}",
        "{mark}{year}{n:.{year}}",
        "{mark}{year}{n}{secret}",
        "{}{mark}{year}{n}",
        "{mark}{year}{n",
        "{mark}{year}{n}}",
    ],
)
def test_any_other_pattern_is_refused_by_name(pattern):
    with pytest.raises(NumberPatternRefused) as refused:
        number(pattern, "甘移服整", 2026, 1)
    assert refused.value.facts == {"pattern": pattern}


def test_a_number_belongs_to_the_year_where_it_is_issued():
    assert year_of(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == 2026
    assert year_of(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == 2027


def test_each_issuer_and_year_has_its_own_counter():
    assert counter_key("甘移服整", 2026) == "甘移服整|notice|2026"
