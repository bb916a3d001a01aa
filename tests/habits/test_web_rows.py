"""What web takes from persistence: structs that services hand on, and whether it answers."""

import ast
import importlib

import msgspec
import pytest

from tests.habits.tree import python_files

ROOM = "inspection.persistence"
ASKED = {("inspection.persistence", "health")}


def taken():
    """Each name web imports from persistence, and where from."""
    for file in python_files("inspection/web"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ROOM):
                yield from ((str(node.module), alias.name) for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from ((name.name, "") for name in node.names if name.name.startswith(ROOM))


@pytest.mark.parametrize(("module", "name"), sorted(set(taken()) - ASKED))
def test_web_asks_persistence_nothing_by_itself(module, name):
    assert issubclass(getattr(importlib.import_module(module), name), msgspec.Struct)
