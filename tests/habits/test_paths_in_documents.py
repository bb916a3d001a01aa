"""What the documents name exists."""

import re

import pytest

from tests.habits.tree import ROOT

DOCUMENTS = ["CONTRIBUTING.md", "README.md"]
PATH = re.compile(
    r"`([A-Za-z0-9_.][A-Za-z0-9_.-]*/[A-Za-z0-9_./-]*|[A-Za-z0-9_-]+\.(?:py|md|toml|js))`"
)
OURS = re.compile(r"`((?:bench|docs|inspection|static|tests|tools)/[A-Za-z0-9_./-]+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"\bmake ([a-z][a-z-]+)")


def text(name):
    """The document, as written."""
    return (ROOT / name).read_text(encoding="utf-8")


def exists(path):
    """Whether the path is there, from the top or from inside the package."""
    return (ROOT / path).exists() or (ROOT / "inspection" / path).exists()


def rooms():
    """The folders that hold the code."""
    return sorted(path.parent.name for path in (ROOT / "inspection").glob("*/__init__.py"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_linked_file_exists(name):
    assert [link for link in LINK.findall(text(name)) if not (ROOT / link).exists()] == []


def test_every_path_named_in_contributing_exists():
    named = PATH.findall(text("CONTRIBUTING.md"))
    assert named, "a walk through the rooms names paths"
    assert [path for path in named if not exists(path)] == []


def test_every_path_named_in_the_docs_exists():
    """Who moves a test or a module finds here which page still sends people to its old place."""
    pages = sorted((ROOT / "docs").rglob("*.md"))
    gone = [
        (page.name, path)
        for page in pages
        for path in OURS.findall(page.read_text(encoding="utf-8"))
        if not exists(path)
    ]
    assert gone == []


@pytest.mark.parametrize("room", rooms())
def test_contributing_walks_through_every_room(room):
    assert f"`inspection/{room}`" in text("CONTRIBUTING.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_in_a_document_is_a_recipe(name):
    recipes = re.findall(r"^([a-z0-9-]+):", text("Makefile"), re.MULTILINE)
    commands = {
        word for block in re.findall(r"`[^`]+`", text(name)) for word in COMMAND.findall(block)
    }
    assert commands <= set(recipes)
