"""Style sheets ask for what is set, set what is asked for, and are written alike."""

import re
from pathlib import Path

from tests.habits.tree import ROOT, javascript_files, named

SHEETS = sorted((ROOT / "static/css").glob("*.css")) + sorted((ROOT / "static/desk").rglob("*.css"))
OTHERS = sorted((ROOT / "inspection/web").rglob("*.html")) + javascript_files()
TOKENS = "static/css/tokens.css"


def read(paths: list[Path]) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths)


STYLES, ELSEWHERE = read(SHEETS), read(OTHERS)
ASKED_FOR = set(re.findall(r"var\(\s*(--[\w-]+)", STYLES + ELSEWHERE))
READ = set(re.findall(r"[\"'`](--[\w-]+)[\"'`]", ELSEWHERE))
"""What scripts name whole: they read it, or set it themselves."""
SET = set(re.findall(r"[\s{;](--[\w-]+)\s*:", STYLES))


def test_every_property_asked_for_is_set():
    by_scripts = set(re.findall(r"[\"'`\s](--[\w-]+)[\"':]", ELSEWHERE))
    assert not ASKED_FOR - SET - by_scripts


def test_every_property_set_is_asked_for():
    assert not SET - ASKED_FOR - READ


def test_a_rule_is_a_line():
    spread = [
        f"{named(sheet)}: {line}"
        for sheet in SHEETS
        for line in sheet.read_text(encoding="utf-8").splitlines()
        if line.endswith("{") and not line.lstrip().startswith("@") and named(sheet) != TOKENS
    ]
    assert spread == [], "one rule, one line"
