"""docs/api.md lists the routes there are, and no others."""

import re

from inspection.settings import Settings
from inspection.web.app import create_app
from inspection.web.problems import STATUS, STATUS_OF_CODE
from tests.habits.routes import routes_of
from tests.habits.tree import ROOT
from tests.makers import some_tools

LISTED = re.compile(r"^\| `([A-Z]+) (/[^`]+)` \|", re.MULTILINE)


def document() -> str:
    return (ROOT / "docs/api.md").read_text(encoding="utf-8")


def test_the_document_lists_every_route_of_the_api(tmp_path):
    routes = routes_of(create_app(some_tools(tmp_path), Settings()))
    served = {
        (route.method, re.sub(r":[a-z]+\}", "}", route.path))
        for route in routes
        if route.path.startswith(("/api/", "/healthz"))
    }
    assert set(LISTED.findall(document())) == served


def test_the_document_explains_every_status_a_refusal_can_have():
    rows = "\n".join(line for line in document().splitlines() if re.match(r"\| \d{3}", line))
    # 405 is for people who write programs against us; its Allow header says everything.
    explained = {int(found) for found in re.findall(r"\b(\d{3})\b", rows)} | {405}
    assert {*STATUS.values(), *STATUS_OF_CODE.values()} - explained == set()
