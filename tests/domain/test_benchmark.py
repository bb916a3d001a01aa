"""The gaps of the source text, and the index over kinds of visit."""

import pytest

from inspection.domain.benchmark import gap, gaps, weighted_index
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


def test_gaps_are_listed_furthest_behind_first_and_keep_their_sign():
    found = gaps(
        {name: parse(text) for name, text in OURS.items()},
        {name: parse(text) for name, text in PEER.items()} | {"elsewhere": parse("1")},
    )
    assert [(row.indicator, row.gap) for row in found] == [
        ("network", -1547),
        ("clubs", -1030),
        ("calls", -671),
        ("halls", -595),
        ("complaints", 529),
    ]


def test_an_indicator_without_a_benchmark_has_no_gap():
    assert gaps({"network": 7173}, {}) == ()


def test_the_index_weighs_what_is_present():
    weights = {"mystery_visit": 50, "peer_check": 30, "phone_follow_up": 20}
    scores = {"mystery_visit": 8950, "peer_check": 9300, "phone_follow_up": 9500}
    assert weighted_index(scores, weights) == 9165
    assert weighted_index(scores | {"phone_follow_up": None}, weights) == 9081


def test_service_value_and_image_weigh_seven_to_three():
    assert weighted_index({"service": 8000, "image": 9000}, {"service": 7, "image": 3}) == 8300


def test_an_index_of_nothing_is_nothing():
    assert weighted_index({"service": None, "image": 9000}, {"service": 7}) is None
