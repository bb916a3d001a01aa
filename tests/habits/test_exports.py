"""Every list and every table of the desk goes out as a file, or is named here with the reason."""

import re

from tests.habits.tree import ROOT

TEMPLATES = ROOT / "inspection" / "web" / "pages" / "templates"

WITHOUT = {
    "api-reference.html": "the OpenAPI document is its file",
    "choices.html": "a form: what its reader is told of, and how",
    "import.html": "its rows go out as they came in, to be mended (failed-rows)",
    "inbox.html": "the reader's own messages; what they are about has files of its own",
    "release.html": "visits on their way out: when they are out, ranking and item file have them",
    "rubric.html": "a version goes out whole, as TOML and as a workbook",
    "sign-in.html": "the sign-ins of the demo",
    "store-notice.html": "the notice goes out as a PDF",
}
"""Pages with a list or a table and no file of it, and why."""

_LISTS = re.compile(r"<table|pager\(")
_FILES = re.compile(r"exports\(|extends '_analysis\.html'")


def test_every_list_has_a_file_or_a_reason():
    pages = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("[!_]*.html")}
    lists = {name for name, text in pages.items() if _LISTS.search(text)}
    assert len(lists) > len(WITHOUT)
    assert {name for name in lists if not _FILES.search(pages[name])} == set(WITHOUT)
    frame = (TEMPLATES / "_analysis.html").read_text(encoding="utf-8")
    assert "exports(" in frame
