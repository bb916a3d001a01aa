"""docs/sync.md names every answer a phone can get about visits, photos and drafts, and no other."""

import re

from tests.habits.refusals import all_refusals, fault_codes
from tests.habits.tree import ROOT

TEXT = (ROOT / "docs/sync.md").read_text(encoding="utf-8")
CODE = re.compile(r"`((?:visit|photo|draft|parked|session|request|content|store)\.[a-z_]+)`")
PATH = re.compile(r"`((?:static|tests)/[A-Za-z0-9_./-]+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")

TO_OTHERS = {"visit.incomplete", "session.refused"}
"""Answers phones never get: to a reviewer, to somebody signing in."""

OURS = re.compile(r"(visit|photo|draft)\.")


def refusal_codes():
    """Every code a request as a whole is refused with."""
    return {refusal.code for refusal in all_refusals() if "code" in vars(refusal)}


def test_every_code_it_names_exists():
    assert set(CODE.findall(TEXT)) - refusal_codes() - fault_codes() == set()


def test_every_answer_about_visits_photos_and_drafts_is_in_it():
    expected = {code for code in refusal_codes() if OURS.match(code)} - TO_OTHERS
    assert len(expected) > 10
    assert expected - set(CODE.findall(TEXT)) == set()


def test_every_file_it_names_exists():
    files = [*PATH.findall(TEXT), *(f"docs/{link}" for link in LINK.findall(TEXT))]
    assert len(files) > 10
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_every_state_of_the_outbox_is_in_it():
    moves = (ROOT / "static/js/model/outbox_moves.js").read_text(encoding="utf-8")
    table = moves.split("MOVES = {")[1].split("};")[0]
    states = re.findall(r"^  (\w+): \[", table, re.MULTILINE)
    assert len(states) == 7
    assert [state for state in states if f"--> {state}" not in TEXT] == []
