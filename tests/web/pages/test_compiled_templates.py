"""Templates are compiled once, and a page is never lost over keeping them."""

import sys

import pytest
from jinja2 import DictLoader, Environment

from inspection.web.pages.compiled_templates import compiled_templates


@pytest.fixture(autouse=True)
def keeping(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def printed(folder, source):
    environment = Environment(
        loader=DictLoader({"page.html": source}),
        autoescape=True,
        bytecode_cache=compiled_templates(folder),
    )
    return environment.get_template("page.html").render(name="甲")


def test_a_template_is_kept_and_its_next_text_replaces_it(tmp_path):
    folder = tmp_path / "__pycache__"
    assert printed(folder, "{{ name }}") == "甲"
    (kept,) = folder.iterdir()
    first = kept.stat().st_mtime_ns, kept.read_bytes()
    assert printed(folder, "{{ name }}") == "甲"
    assert (kept.stat().st_mtime_ns, kept.read_bytes()) == first
    assert printed(folder, "{{ name }}！") == "甲！"
    (kept,) = folder.iterdir()
    assert kept.read_bytes() != first[1]


def test_a_damaged_one_is_compiled_again(tmp_path):
    assert printed(tmp_path, "{{ name }}") == "甲"
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"")
    assert printed(tmp_path, "{{ name }}") == "甲"


def test_a_folder_that_is_gone_costs_no_page(tmp_path):
    folder = tmp_path / "__pycache__"
    found = compiled_templates(folder)
    folder.rmdir()
    environment = Environment(
        loader=DictLoader({"page.html": "{{ name }}"}), autoescape=True, bytecode_cache=found
    )
    assert environment.get_template("page.html").render(name="甲") == "甲"


def test_nothing_is_kept_where_nothing_may_be_written(tmp_path, monkeypatch):
    assert compiled_templates(tmp_path / "missing" / "__pycache__") is None
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled_templates(tmp_path) is None
