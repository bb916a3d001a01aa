"""What files are called after codes that may hold anything."""

import pytest

from inspection.domain.plain_text import stem_of


@pytest.mark.parametrize(
    ("code", "stem"),
    [("2026-11", "202611"), ("十一月 Q4", "Q4"), ("十一月", "round"), ("", "round")],
)
def test_a_file_is_called_by_the_plain_letters_of_a_code(code, stem):
    assert stem_of(code, "round") == stem
