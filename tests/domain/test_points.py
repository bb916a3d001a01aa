"""Points are read and printed exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.points import loss, parse, plain, rounded, shown, signed, total


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [("0", 0), ("19.5", 1950), ("0.05", 5), ("100", 10000), ("-15.47", -1547), ("3.10", 310)],
)
def test_points_are_read_exactly(text, hundredths):
    assert parse(text) == hundredths


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.",
        ".5",
        "1.234",
        "01",
        "+1",
        "1e2",
        "NaN",
        "inf",
        " 1",
        "1 ",
        "１",
        "1,5",
        "1_0",
        "12345678",
    ],
)
def test_anything_else_is_no_number_of_points(text):
    with pytest.raises(ValueError, match="not a number of points"):
        parse(text)


@given(st.integers(-(10**9) + 1, 10**9 - 1))
def test_plain_text_reads_back_the_same(hundredths):
    assert parse(plain(hundredths)) == hundredths


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [(8950, "89.5"), (2000, "20.0"), (9668, "96.68"), (0, "0.0"), (-50, "−0.5")],
)
def test_a_total_has_one_decimal_and_a_second_only_when_it_says_something(hundredths, text):
    assert total(hundredths) == text


@pytest.mark.parametrize(("hundredths", "text"), [(300, "−3"), (50, "−0.5"), (0, "0")])
def test_a_loss_carries_the_minus_people_read(hundredths, text):
    assert loss(hundredths) == text


@pytest.mark.parametrize(("hundredths", "text"), [(529, "+5.29"), (-1547, "−15.47"), (0, "0")])
def test_a_difference_keeps_its_sign(hundredths, text):
    assert signed(hundredths) == text


@pytest.mark.parametrize(
    ("exact", "half_up", "half_even"),
    [
        (Fraction(1, 2), 1, 0),
        (Fraction(3, 2), 2, 2),
        (Fraction(5, 2), 3, 2),
        (Fraction(33600, 19), 1768, 1768),
        (Fraction(0), 0, 0),
        (7, 7, 7),
    ],
)
def test_halves_go_up_or_to_even(exact, half_up, half_even):
    assert (rounded(exact, "half_up"), rounded(exact, "half_even")) == (half_up, half_even)


@given(st.fractions(min_value=0, max_value=10**6))
def test_rounding_never_moves_further_than_half(exact):
    assert abs(rounded(exact, "half_up") - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("exact", "text"),
    [
        (1950, "19.5"),
        (Fraction(75, 2), "0.375"),
        (Fraction(-75, 2), "-0.375"),
        (Fraction(200), "2"),
        (Fraction(33600, 19), "336/19"),
        ("half_up", "half_up"),
    ],
)
def test_an_exact_number_is_shown_whole(exact, text):
    assert shown(exact) == text
