"""Places in the org tree by path."""

import pytest

from inspection.domain.org.region_path import branch_of, code_of, depth, lies_in, own_part, upwards


@pytest.mark.parametrize(
    ("path", "branch", "deep"),
    [
        ("/62/", "/62/", 1),
        ("/62/6201/", "/62/6201/", 2),
        ("/62/6201/620102/", "/62/6201/", 3),
        ("/62/6201/620102/7/", "/62/6201/", 4),
    ],
)
def test_branch_and_depth(path, branch, deep):
    assert (branch_of(path), depth(path)) == (branch, deep)


def test_the_way_down():
    assert upwards("/62/6201/620102/") == ("/62/", "/62/6201/", "/62/6201/620102/")


@pytest.mark.parametrize(
    ("region", "inside"),
    [
        ("/62/", True),
        ("/62/6201/", True),
        ("/62/6203/620102/", True),
        ("/62/6203/", False),
        ("/62/6201/6201/", True),
        ("/62/6201/62010/", False),
        ("", False),
        ("/", False),
    ],
)
def test_a_place_lies_in_every_region_on_its_way_wherever_that_hangs_now(region, inside):
    assert lies_in("/62/6201/620102/", region) is inside


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ""),
        ("/6", "/6"),
        ("/62/", "/62/6201/"),
        ("/62/6201/", "/62/6201/"),
        ("/62/6201/620102/", "/62/6201/620102/"),
        ("/62/6202/", "/62/6202/"),
        ("/62/62/", "/62/62/"),
    ],
)
def test_of_a_region_above_the_own_only_the_own_is_left(asked, found):
    assert own_part(asked, "/62/6201/") == found


def test_the_code_is_the_last_step():
    assert (code_of("/62/6201/"), code_of("/")) == ("6201", "")
