"""What counts as evidence depends on the kind of visit, on the phone and on the server alike."""

import json

import pytest

from inspection.domain.rounds.round_plan import VISIT_KINDS
from inspection.domain.scoring.answer_checks import faults
from inspection.domain.visits.visit_checks import photo_policy
from tests.domain.sheets import KC, PHOTO, loss, sheet
from tests.habits.tree import ROOT

CASES = json.loads((ROOT / "tests/golden/evidence_cases.json").read_text(encoding="utf-8"))
LACKS = {
    "answer.photo_missing": "photo",
    "answer.photo_or_record_missing": "photo",
    "answer.record_missing": "record",
}


def named(case):
    return "-".join(str(said) for said in case.values())


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_loss_is_proven_by_what_its_kind_of_visit_allows(case):
    said = {"note": case["note"], "reason": case["reason"], "photos": (PHOTO,) * case["photos"]}
    lost = loss(case["item"], count=1, **said)
    found = faults(KC, sheet(KC, lost), KC.features(), photo_policy(case["visit_kind"]))
    assert [LACKS[fault.code] for fault in found] == ([case["lacks"]] if case["lacks"] else [])


def test_every_kind_of_visit_has_its_cases():
    assert {case["visit_kind"] for case in CASES} >= set(VISIT_KINDS)
