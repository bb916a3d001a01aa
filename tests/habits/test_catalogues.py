"""Both languages say the same things: equal keys, equal facts, nothing left untranslated."""

import re
from string import Formatter

import pytest

from inspection.domain.imports.sheet_import import ImportState
from inspection.domain.messages.delivery import DeliveryMove, DeliveryState
from inspection.domain.notices.notice_state import NoticeMove, NoticeState
from inspection.domain.photos.photo import PhotoState
from inspection.domain.rescores.rescore_run import RescoreState
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.rounds.round import RoundMove, RoundState
from inspection.domain.rubrics.rubric_draft import DraftMove, DraftState
from inspection.domain.visits.visit import VisitState
from inspection.wording import COUNTED, Language, catalogue
from tests.habits.tree import ROOT, javascript_files, python_files

ZH, EN = catalogue(Language.ZH), catalogue(Language.EN)

SAME_FACT = {"month_name": "month"}
"""English names the month where Chinese counts it."""

CHINESE_IN_ENGLISH = {
    "notice.number_pattern_refused": "the example is a number as it is printed",
    "api_shape.Disposal": "the boxes as they are printed",
    "api_shape.Signer": "the roles as they are printed",
    "api_shape.StoreLabel": "the levels as people call them",
}


def facts(text: str) -> set[str]:
    # A word in the number of a fact does not say the fact, and Chinese has no such words.
    names = {name for _, name, _, _ in Formatter().parse(COUNTED.sub("", text)) if name}
    return {SAME_FACT.get(name, name) for name in names}


def test_both_catalogues_have_the_same_keys():
    assert set(ZH) == set(EN)


def test_both_sentences_name_the_same_facts():
    assert [key for key in ZH if facts(ZH[key]) != facts(EN.get(key, ""))] == []


def test_no_english_sentence_is_left_in_chinese():
    left = {key for key, text in EN.items() if any("\u4e00" <= each <= "\u9fff" for each in text)}
    assert left - set(CHINESE_IN_ENGLISH) == set()


def test_the_exceptions_are_still_needed():
    for key in CHINESE_IN_ENGLISH:
        assert any("\u4e00" <= each <= "\u9fff" for each in EN[key]), key


PAGES = [path for kind in ("html", "j2") for path in (ROOT / "inspection").rglob(f"*.{kind}")]
SAYING = "".join(
    path.read_text(encoding="utf-8")
    for path in (*python_files("inspection"), *PAGES, *javascript_files())
)
FAMILIES = ("move", "noun", "paper", "rubric_editor")
"""Asked for without their first word, or after a state, a role or the like."""


def test_every_sentence_is_said_somewhere():
    words = set(re.findall(r"[\w.]+", SAYING))
    begun = tuple(re.findall(r"""["'`]([a-z_0-9.]+[._])(?:\$?\{|["']\s*[~+])""", SAYING))

    def said(key):
        parts = key.split(".")
        ways = len(parts) if parts[0] in FAMILIES else 1
        names = [".".join(parts[n:]) for n in range(ways)]
        return any(name in words or name.startswith(begun) for name in names)

    assert [key for key in EN if not said(key)] == []


STATES = (
    AssignmentState,
    DeliveryState,
    DraftState,
    ImportState,
    NoticeState,
    PhotoState,
    RescoreState,
    RoundState,
    VisitState,
)
MOVES = (
    *(*DeliveryMove, *DraftMove, *NoticeMove, *RoundMove),
    *("write", "undo", "resume", "print", "approve", "return", "reinstate", "finish", "cancel"),
)


@pytest.mark.parametrize("words", [ZH, EN])
def test_a_refused_move_names_every_state_and_move_in_words(words):
    states = {f"state.{state.value}" for kind in STATES for state in kind}
    assert (states | {f"move.{move}" for move in MOVES}) - set(words) == set()
