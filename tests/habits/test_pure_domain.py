"""The domain asks nobody for the time, an id or a number, and speaks English."""

import ast
import re

import pytest

from tests.habits.pinyin import looks_like_pinyin
from tests.habits.tree import named, python_files

DOMAIN = python_files("inspection/domain")
IMPURE_CALLS = {
    "print", "open", "input", "now", "utcnow", "today", "time", "monotonic", "perf_counter",
    "uuid1", "uuid4", "uuid7", "token_bytes", "token_hex", "token_urlsafe", "urandom", "getenv",
}  # fmt: skip


def called(tree):
    """The last name of everything a module calls, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, node.lineno


def words(tree):
    """The words that a module's own names are made of."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                pass
            case ast.ClassDef(name=name) | ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                pass
            case _:
                continue
        yield from re.findall(r"[A-Z]?[a-z]+", name)


@pytest.mark.parametrize("path", DOMAIN, ids=named)
def test_a_domain_module_calls_nothing_impure(path):
    found = called(ast.parse(path.read_text(encoding="utf-8")))
    assert [(name, line) for name, line in found if name in IMPURE_CALLS] == []


def test_names_are_english():
    found = [
        (named(path), word)
        for path in python_files("inspection")
        for word in words(ast.parse(path.read_text(encoding="utf-8")))
        if looks_like_pinyin(word.lower())
    ]
    assert found == []


@pytest.mark.parametrize("word", ["mendian", "zhenggai", "tongzhi", "xunjian", "qianfa"])
def test_pinyin_is_recognised(word):
    assert looks_like_pinyin(word)


@pytest.mark.parametrize("word", ["sequence", "queue", "name", "date", "change", "median", "exit"])
def test_english_is_not_taken_for_pinyin(word):
    assert not looks_like_pinyin(word)
