"""Hundredths: points, shares and factors as whole numbers, parsed from text, never a float."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NewType

Hundredths = NewType("Hundredths", int)

Exact = int | Fraction
"""Hundredths before the one rounding of a card."""

Rounding = Literal["half_up", "half_even"]

ZERO = Hundredths(0)
MINUS = "\u2212"
"""The minus sign people read; machines read the hyphen of `plain`."""

_FORM = re.compile(r"(-?)(0|[1-9][0-9]{0,6})(?:\.([0-9]{1,2}))?", re.ASCII)


def parse(text: str) -> Hundredths:
    """Read "19.5" as 1950. Raises ValueError for anything but digits with at most two decimals."""
    form = _FORM.fullmatch(text)
    if form is None:
        msg = f"not a number of points with at most two decimals: {text!r}"
        raise ValueError(msg)
    sign, whole, part = form.groups()
    size = int(whole) * 100 + int(((part or "") + "00")[:2])
    return Hundredths(-size if sign else size)


# A card says the same few numbers a hundred times over: here, and in `shown`.
@lru_cache(maxsize=4096)
def plain(points: int) -> str:
    """The shortest text `parse` reads back: 1950 is "19.5", 300 is "3", -50 is "-0.5"."""
    sign = "-" if points < 0 else ""
    whole, part = divmod(abs(points), 100)
    return f"{sign}{whole}" + f".{part:02d}".rstrip("0").rstrip(".")


def total(points: int) -> str:
    """A score as printed: one decimal, two where the second says something: "20.0", "96.68"."""
    text = plain(points)
    return text.replace("-", MINUS) + ("" if "." in text else ".0")


def loss(points: int) -> str:
    """Points lost as printed: 300 is "−3", 50 is "−0.5", nothing lost is "0"."""
    return signed(-points)


def signed(points: int) -> str:
    """A difference as printed, its sign kept: 529 is "+5.29", -1547 is "−15.47", 0 is "0"."""
    if points == 0:
        return "0"
    return (MINUS if points < 0 else "+") + plain(abs(points))


def rounded(exact: Exact, rounding: Rounding) -> Hundredths:
    """The one rounding of a card: exact hundredths to whole ones. `exact` is never negative."""
    if isinstance(exact, int):
        return Hundredths(exact)
    if rounding == "half_even":
        return Hundredths(round(exact))
    return Hundredths((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))


@lru_cache(maxsize=4096)
def shown(fact: Exact | str) -> str:
    """An exact number of points as text: "17.5", and "336/19" where the decimals never end."""
    if isinstance(fact, str):
        return fact
    if isinstance(fact, int):
        return plain(fact)
    points = fact / 100
    for digits in range(7):
        if (10**digits) % points.denominator == 0:
            return _decimal(points, digits)
    return f"{points.numerator}/{points.denominator}"


def _decimal(points: Fraction, digits: int) -> str:
    scaled = str(abs(points.numerator) * 10**digits // points.denominator).rjust(digits + 1, "0")
    sign = "-" if points < 0 else ""
    return f"{sign}{scaled[: len(scaled) - digits]}" + (f".{scaled[-digits:]}" if digits else "")
