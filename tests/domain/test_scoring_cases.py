"""The cases the server and the phone must score alike; `node --test` reads the same file.

`make regold` rewrites the expected numbers and the rubrics; the inputs are written by hand.
"""

import json
import os

import msgspec
import pytest

from inspection.domain.answer_checks import faults
from inspection.domain.answers import Answer, Answers, EarlierFindings
from inspection.domain.rubric import Rubric
from inspection.domain.scoring import score
from tests.domain.sheets import KC, KH, MINI, passed
from tests.habits.tree import ROOT

CASES_FILE = ROOT / "tests/golden/scoring_cases.json"
RUBRICS_FILE = ROOT / "tests/golden/scoring_rubrics.json"
REGOLD = os.environ.get("REGOLD") == "1"

OWN = {rubric.code: rubric for rubric in (KC, KH, MINI)}
CASES = json.loads(CASES_FILE.read_text(encoding="utf-8"))
ON_THE_SERVER_ONLY = ("rubric_code", "rubric_digest", "inputs_digest", "steps")


def rubric_of(case) -> Rubric:
    """The rubric a case names, with the changes it makes to the card and to items."""
    tree = msgspec.to_builtins(OWN[case["rubric"]]) | case.get("card", {})
    for section in tree["sections"]:
        for item in section["items"]:
            item.update(case.get("items", {}).get(item["code"], {}))
    return msgspec.convert(tree, Rubric)


def answers_of(case, rubric) -> Answers:
    """The answers given; "rest": "pass" passes every other item."""
    given = msgspec.convert(case["answers"], tuple[Answer, ...])
    named = {answer.item for answer in given}
    rest = [item.code for item in rubric.items() if item.code not in named]
    passes = [passed(rubric, code) for code in rest] if case["rest"] == "pass" else []
    return Answers((*given, *passes), tuple(case.get("bonuses", ())))


def scored(case):
    """The whole card as JSON values, without what only the server knows."""
    rubric = rubric_of(case)
    features = frozenset(case.get("features", rubric.features()))
    earlier = msgspec.convert(case.get("earlier", {}), EarlierFindings)
    card = json.loads(
        msgspec.json.encode(score(rubric, answers_of(case, rubric), features, earlier))
    )
    return {name: value for name, value in card.items() if name not in ON_THE_SERVER_ONLY}


def expected(card):
    """The part of a card worth writing down: items that simply passed are left out."""
    items = [item for item in card["items"] if item["lost"] or item["status"] != "scored"]
    return card | {"items": items}


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
