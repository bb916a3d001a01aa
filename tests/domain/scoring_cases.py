"""The golden cases of scoring, read as the server reads a visit."""

import json

import msgspec

from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import Answer, Answers, EarlierFindings
from inspection.domain.scoring.scoring import score
from tests.domain.sheets import KC, KH, MINI, passed
from tests.habits.tree import ROOT

CASES_FILE = ROOT / "tests/golden/scoring_cases.json"
RUBRICS_FILE = ROOT / "tests/golden/scoring_rubrics.json"

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
