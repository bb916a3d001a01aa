"""Every no has a status and a sentence in both languages."""

import importlib
import pkgutil
import re

from inspection import domain
from inspection.domain.refusals import Why
from inspection.web.problems import STATUS
from inspection.wording import Language, catalogue
from tests.habits.refusals import all_refusals, fault_codes
from tests.habits.tree import ROOT

NOUN = re.compile(r"(?:NotFound|MoveRefused)\(\s*noun=\"([a-z_]+)\"")


def test_every_refusal_is_worded_in_both_languages():
    codes = {refusal.code for refusal in all_refusals() if "code" in vars(refusal)} | {"internal"}
    for language in Language:
        assert codes - set(catalogue(language)) == set(), language


def test_no_two_refusals_share_a_code():
    codes = [refusal.code for refusal in all_refusals()]
    assert sorted(codes) == sorted(set(codes))


def test_every_kind_of_no_has_a_status_and_a_title():
    assert set(STATUS) == set(Why)
    for language in Language:
        titles = {f"problem.{why.name.lower()}" for why in Why}
        assert titles - set(catalogue(language)) == set(), language


def test_every_fault_of_a_body_is_worded_in_both_languages():
    codes = fault_codes()
    assert len(codes) > 30, "the pattern no longer finds how faults are raised"
    for language in Language:
        assert codes - set(catalogue(language)) == set(), language


def test_every_state_and_move_that_can_be_refused_has_its_word():
    words = set()
    for module in pkgutil.walk_packages(domain.__path__, "inspection.domain."):
        moves = getattr(importlib.import_module(module.name), "MOVES", {})
        words |= {f"state.{state!s}" for state, _ in moves} | {
            f"move.{move!s}" for _, move in moves
        }
    assert len(words) > 20
    for language in Language:
        assert words - set(catalogue(language)) == set(), language


def test_every_noun_that_can_be_missing_has_its_word():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "inspection").rglob("*.py")]
    nouns = {f"noun.{noun}" for text in sources for noun in NOUN.findall(text)}
    assert len(nouns) > 5
    for language in Language:
        assert nouns - set(catalogue(language)) == set(), language
