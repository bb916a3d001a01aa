"""Sentences agree with the number they name, in the language that has numbers."""

import pytest

from inspection.web.sentences import sentence
from inspection.wording import Language, say


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 problems"), (1, "1 problem"), ("1", "1 problem"), (12, "12 problems")]
)
def test_a_noun_stands_in_the_number_of_its_fact(n: object, said: str):
    assert say(Language.EN, "notices.n_problems", n=n) == said


def test_a_refusal_too_and_one_whose_fact_is_missing_speaks_of_many():
    assert sentence(Language.EN, "visit.incomplete", {"missing": 1}).startswith("1 photo has not")
    assert sentence(Language.EN, "visit.incomplete", {}).startswith("… photos have not")


def test_a_refused_move_names_the_state_as_the_screens_of_its_noun_do():
    facts = {"noun": "visit", "state": "approved", "move": "return"}
    said = sentence(Language.ZH, "state.move_refused", facts)
    assert said.startswith("检查当前状态为“已通过，待发布”，不能退回。")
    said = sentence(Language.ZH, "state.move_refused", {**facts, "noun": "bulletin"})
    assert "“已批准”" in said


def test_chinese_has_one_form():
    assert say(Language.ZH, "notices.n_problems", n=1) == say(
        Language.ZH, "notices.n_problems", n=2
    ).replace("2", "1")
