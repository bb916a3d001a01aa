"""The cases the server and the phone must score alike; `node --test` reads the same file.

`make regold` rewrites the expected numbers and the rubrics; the inputs are written by hand.
"""

import json
import os

import msgspec
import pytest

from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answer_checks import faults
from tests.domain.scoring_cases import (
    CASES,
    CASES_FILE,
    OWN,
    RUBRICS_FILE,
    answers_of,
    expected,
    rubric_of,
    scored,
)

REGOLD = os.environ.get("REGOLD") == "1"


def regold():
    """Write both files anew."""
    lines = []
    for case in CASES:
        case["expect"] = expected(scored(case))
        lines.append("  " + json.dumps(case, ensure_ascii=False))
    CASES_FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    rubrics = {code: msgspec.to_builtins(rubric) for code, rubric in OWN.items()}
    text = json.dumps(rubrics, ensure_ascii=False, indent=1) + "\n"
    RUBRICS_FILE.write_text(text, encoding="utf-8")


if REGOLD:
    regold()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_server_scores_the_case_as_written(case):
    assert expected(scored(case)) == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_answers_of_the_case_are_right(case):
    rubric = rubric_of(case)
    features = frozenset(case.get("features", rubric.features()))
    found = faults(rubric, answers_of(case, rubric), features)
    codes = {fault.code for fault in found}
    assert codes <= ({"answer.unanswered"} if case["rest"] == "unanswered" else set())


def test_the_phone_is_tested_with_the_rubrics_we_ship():
    stored = json.loads(RUBRICS_FILE.read_text(encoding="utf-8"))
    assert {code: msgspec.convert(tree, Rubric) for code, tree in stored.items()} == OWN


def test_the_golden_replay_is_among_the_cases():
    card = next(case["expect"] for case in CASES if case["name"] == "club card of 2010")
    assert (card["total"], card["lost"]) == (8950, 1050)
