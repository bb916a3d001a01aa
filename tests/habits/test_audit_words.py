"""What the log says was done is worded: by every action a service writes into it."""

import ast
import re
from collections.abc import Iterator

import pytest

from inspection.wording import Language, catalogue
from tests.habits.tree import named, python_files

ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
WRITERS = {"record", "_record", "append"}


def actions() -> Iterator[tuple[str, str]]:
    """Every action that stands as such in a call that writes an event, with its file."""
    for path in python_files("inspection/services"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in WRITERS:
                yield from ((text, named(path)) for text in said_in(node))


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def said_in(call: ast.Call) -> Iterator[str]:
    """The action of a call: named so, or, of `record`, standing among the rest."""
    named_so = [word.value for word in call.keywords if word.arg == "action"]
    among = [] if name_of(call.func) == "append" else call.args
    for each in (*named_so, *among):
        text = each.value if isinstance(each, ast.Constant) else None
        if isinstance(text, str) and ACTION.fullmatch(text):
            yield text


FOUND = sorted(set(actions()))


def test_there_are_actions():
    assert len(FOUND) > 50


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("action", "file"), FOUND)
def test_every_action_has_its_words(action, file, language):
    assert f"audit_action.{action}" in catalogue(language), f"{file} writes {action}"
