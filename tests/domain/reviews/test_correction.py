"""Correcting a finding: what fits, what is kept of the evidence, and the answer without a loss."""

from datetime import UTC, datetime

import msgspec
import pytest

from inspection.domain.refusals import NotFound
from inspection.domain.refusals.corrections import (
    CorrectionReasonMissing,
    CorrectionRefused,
    NothingCorrected,
)
from inspection.domain.reviews.correction import (
    ItemCorrection,
    amended,
    corrections,
    without_loss,
)
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scoring_items import find
from tests.domain.sheets import KC, KH, MINI

SEEN = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
PHOTO = "a" * 64
SPOTS = Answer(
    item="KC-E-01", verdict="loss", count=2, note="两处", photos=(PHOTO,), observed_at=SEEN
)
LOGGED = Answer(item="KC-X-04", verdict="pass")
WAIT = Answer(item="MINI-A-04", verdict="pass", measured="3")
KNOWN = {"KC-E-01": SPOTS, "KC-X-04": LOGGED, "MINI-A-04": WAIT}


def made(answer, reason="照片上只有一处"):
    rubric = MINI if answer.item.startswith("MINI") else KC
    (only,) = corrections(rubric, KNOWN, (ItemCorrection(answer=answer, reason=reason),))
    return only


def refused(answer):
    with pytest.raises(CorrectionRefused) as refusal:
        made(answer)
    return [fault.code for fault in refusal.value.faults]


def test_the_evidence_stays_with_the_finding():
    kept = made(Answer(item="KC-E-01", verdict="loss", count=1, note=" 一处\n"))
    assert kept.answer == msgspec.structs.replace(SPOTS, count=1, note="一处")
    assert kept.reason == "照片上只有一处"


def test_what_changes_nothing_is_left_out():
    same = ItemCorrection(answer=LOGGED, reason="一样")
    other = ItemCorrection(answer=Answer(item="KC-E-01", verdict="pass"), reason="无")
    assert [each.answer.item for each in corrections(KC, KNOWN, (same, other))] == ["KC-E-01"]
    with pytest.raises(NothingCorrected):
        corrections(KC, KNOWN, (same,))


def test_a_reason_is_needed():
    with pytest.raises(CorrectionReasonMissing):
        made(Answer(item="KC-E-01", verdict="pass"), "  ")


def test_an_item_that_was_not_answered_or_is_not_known_is_missing():
    for item in ("KC-E-02", "KC-E-99"):
        with pytest.raises(NotFound):
            made(Answer(item=item, verdict="pass"))


def test_what_does_not_fit_the_rule_is_named():
    assert refused(Answer(item="KC-E-01", verdict="loss", count=0)) == ["answer.count_out_of_range"]
    assert refused(Answer(item="KC-E-01", verdict="loss", option="missing")) == [
        "answer.field_not_expected",
        "answer.count_missing",
    ]


def test_left_out_it_says_why_in_the_words_of_the_correction():
    kept = made(Answer(item="KC-E-01", verdict="not_observed"), "当时施工围挡")
    assert kept.answer.reason == "当时施工围挡"
    kept = made(Answer(item="KC-E-01", verdict="not_observed", reason="有围挡"), "当时施工围挡")
    assert kept.answer.reason == "有围挡"


def test_whether_a_measurement_is_a_loss_follows_from_it():
    assert made(Answer(item="MINI-A-04", verdict="pass", measured="30")).answer.verdict == "loss"
    assert made(Answer(item="MINI-A-04", verdict="loss", measured="4")).answer.verdict == "pass"
    assert refused(Answer(item="MINI-A-04", verdict="pass", measured="long")) == [
        "answer.measured_malformed"
    ]


def test_amended_answers_stand_in_their_places():
    other = Answer(item="KC-E-01", verdict="pass")
    assert amended((SPOTS, LOGGED), {"KC-E-01": other}) == (other, LOGGED)


@pytest.mark.parametrize(
    ("rubric", "item"),
    [(rubric, item) for rubric in (KC, KH, MINI) for item in rubric.items()],
    ids=lambda part: getattr(part, "code", ""),
)
def test_every_item_has_an_answer_that_costs_nothing(rubric, item):
    answer = without_loss(rubric, item.code)
    assert answer.verdict == "pass"
    assert answer.measured is None or find(item, answer).count == 0
    known = {item.code: Answer(item=item.code, verdict="not_observed", reason="没有看到")}
    edit = ItemCorrection(answer=answer, reason="经复核无此问题")
    (kept,) = corrections(rubric, known, (edit,))
    assert kept.answer == answer


def test_nothing_is_said_of_an_item_nobody_knows():
    with pytest.raises(NotFound):
        without_loss(KC, "KC-E-99")
