"""Files and functions stay small enough to be read at once."""

from tests.habits.tree import functions, javascript_files, named, python_files

FILE_LINES = 250
FUNCTION_LINES = 30
LONGER = {
    "tests/faults/test_protocol.py": "one machine, whose steps are methods of one class",
    "tests/web/scope/secrets.py": "a table of every table",
    "tests/web/scope/table.py": "a table of every route",
    "tests/web/scope/world.py": "one maker for each noun of that table",
}
"""Tests that have no seam, and why."""
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager"}


def test_no_file_is_longer_than_its_budget():
    long = {
        named(path): lines
        for path in python_files("inspection", "tests", "tools") + javascript_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert long.keys() == LONGER.keys(), "split by noun"


def test_no_function_is_longer_than_its_budget():
    long = {
        f"{named(path)}:{function.name}": lines
        for path in python_files("inspection", "tools")
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}, "give a part of it a name"


def test_files_are_named_after_nouns():
    vague = [
        named(path)
        for path in python_files("inspection", "tests", "tools") + javascript_files()
        if path.stem.removeprefix("test_") in FORBIDDEN_NAMES
    ]
    assert vague == [], "name the file after what it holds"
