"""Tests lie in the drawer of what they test, and stand on their own."""

import re

import pytest

from tests.habits.tree import ROOT, named, python_files

ANOTHER_TEST = re.compile(r"^(?:from|import) tests\S*\.test_", re.MULTILINE)


def drawers(folder):
    """The folders of a room, by name."""
    found = (ROOT / folder).iterdir()
    return {path.name for path in found if path.is_dir() and any(path.glob("*.py"))}


@pytest.mark.parametrize("room", ["domain", "persistence", "services", "web/pages"])
def test_the_tests_of_a_room_lie_in_its_drawers(room):
    assert drawers(f"tests/{room}") <= drawers(f"inspection/{room}")


def test_no_test_of_a_page_lies_beside_the_drawers_of_its_noun():
    """Lists, forms and files of one noun are looked for where its pages lie."""
    nouns = {path.stem for path in (ROOT / "inspection/web/pages").glob("*/*.py")}
    above = {path.stem.removeprefix("test_") for path in (ROOT / "tests/web").glob("*.py")}
    beside = {path.stem.removeprefix("test_") for path in (ROOT / "tests/web/pages").glob("*.py")}
    assert not {name for name in above if name.startswith("pages_")}, "say tests/web/pages"
    assert not beside & nouns, "lay it in the drawer of its page"


def test_no_file_of_tests_stands_on_another():
    """What two of them build has a module of its own, where neither drags the other's tests in."""
    files = [path for path in python_files("tests") if path.name.startswith("test_")]
    leaning = [
        named(path) for path in files if ANOTHER_TEST.search(path.read_text(encoding="utf-8"))
    ]
    assert leaning == [], "lay what they share beside them"
