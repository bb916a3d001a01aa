"""Names of files in addresses: places as small numbers, everything else missing."""

import pytest

from inspection.domain.refusals import NotFound
from inspection.web.file_names import line_place_in, place_in, small_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("0012", 12), ("12345", None), ("", None), ("²", None), ("１", None), ("-1", None)],
)
def test_a_small_number_is_a_few_latin_digits(text, number):
    assert small_number(text) == number


def test_a_file_is_named_by_its_place():
    assert (place_in("3.jpg"), place_in("3.pdf", "appeal", "pdf")) == (3, 3)
    assert line_place_in("2-1.jpg") == (2, 1)


@pytest.mark.parametrize("name", ["3", "3.png", ".jpg", "../3.jpg", "1-2.jpg", "99999.jpg"])
def test_a_file_of_any_other_name_is_missing(name):
    with pytest.raises(NotFound):
        place_in(name)


@pytest.mark.parametrize("name", ["3.jpg", "1-2", "-.jpg", "1-2-3.jpg", "1-x.jpg"])
def test_so_is_a_photo_of_no_line(name):
    with pytest.raises(NotFound):
        line_place_in(name)
