"""The gaps of the source text."""

import pytest

from inspection.domain.benchmark import gap
from inspection.domain.points import parse, signed

OURS = {
    "network": "71.73",
    "complaints": "62.99",
    "halls": "78.35",
    "calls": "79.29",
    "clubs": "79.1",
}
PEER = {"network": "87.2", "complaints": "57.7", "halls": "84.3", "calls": "86", "clubs": "89.4"}


@pytest.mark.parametrize(
    ("indicator", "shown"),
    [
        ("network", "−15.47"),
        ("complaints", "+5.29"),
        ("halls", "−5.95"),
        ("calls", "−6.71"),
        ("clubs", "−10.3"),
    ],
)
def test_the_five_gaps_of_the_source_text(indicator, shown):
    assert signed(gap(parse(OURS[indicator]), parse(PEER[indicator]))) == shown
