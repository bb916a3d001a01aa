"""Columns line up in a terminal, Chinese or not."""

import pytest

from inspection.cli.columns import aligned, width


@pytest.mark.parametrize(
    ("text", "places"),
    [("", 0), ("abc", 3), ("环境评价", 8), ("VI标识", 6), ("e\u0301", 1), ("（", 2)],
)
def test_a_chinese_character_takes_two_places(text, places):
    assert width(text) == places


def test_names_stand_left_and_numbers_right():
    rows = [["评分项目", "满分", "失分"], ["VI标识", "20", "−0.5"], ["Materials", "4", ""]]
    lines = aligned(rows)
    assert lines == [
        "评分项目    满分   失分",
        "VI标识        20   −0.5",
        "Materials      4",
    ]
    assert width(lines[0]) == width(lines[1])
