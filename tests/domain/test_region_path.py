"""Places in the org tree by path."""

import pytest

from inspection.domain.region_path import branch_of, depth, upwards


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
