"""The diagrams of states are drawn from the tables the product obeys."""

import os

import pytest

from tests.habits.tree import ROOT
from tools.draw_states import drawn, tables

DOCUMENT = ROOT / "docs" / "states.md"

TABLES = tables()


def test_the_document_shows_the_tables():
    if os.environ.get("REGOLD"):
        DOCUMENT.write_text(drawn(), encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == drawn(), "run tools/draw_states.py"


@pytest.mark.parametrize("table", TABLES, ids=[table.module for table in TABLES])
def test_every_state_is_reached_from_the_first(table):
    reached = {table.states[0]}
    for _ in table.states:
        reached |= {after for (state, _), after in table.moves.items() if state in reached}
    assert set(table.states) == reached
