"""Colours come from the tokens, and dark is dark whether chosen or asked for by the system."""

import re

from tests.habits.tree import ROOT

CSS = ROOT / "static" / "css"
DECLARED = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
USED = re.compile(r"var\((--[\w-]+)")
RAW = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")


def block(text, head):
    """The declarations of the first rule with that selector."""
    start = text.index("{", text.index(head)) + 1
    return dict(DECLARED.findall(text[start : text.index("}", start)]))


def test_both_ways_to_dark_give_the_same_colours():
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    chosen = block(text, '[data-theme="dark"] {')
    asked = block(text, ":root:not([data-theme]) {")
    assert len(chosen) > 40
    assert chosen == asked


def test_the_system_asks_for_dark_on_screens_only():
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    assert "@media screen and (prefers-color-scheme: dark)" in text


def test_the_pages_write_no_raw_colour():
    assert RAW.findall((CSS / "pages.css").read_text(encoding="utf-8")) == []


def test_every_token_the_pages_use_exists():
    declared = set(dict(DECLARED.findall((CSS / "tokens.css").read_text(encoding="utf-8"))))
    assert set(USED.findall((CSS / "pages.css").read_text(encoding="utf-8"))) - declared == set()
