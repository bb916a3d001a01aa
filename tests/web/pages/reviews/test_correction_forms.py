"""The form of a correction: one set of fields, an answer for every kind of rule."""

import pytest

from inspection.domain.rubrics.rubric import Occ, Sum, Tier
from inspection.domain.scoring.answers import Answer
from inspection.web.pages.refused_forms import RefusedForm
from inspection.web.pages.reviews.correction_forms import CorrectionForm, typed
from inspection.web.problems import Problem
from tests.domain.sheets import KC, KH, MINI


def an_item(kind):
    return next(
        item for rubric in (KC, KH, MINI) for item in rubric.items() if isinstance(item.rule, kind)
    )


TIER, OCC, SUM, MEAS = an_item(Tier), an_item(Occ), an_item(Sum), MINI.item("MINI-A-04")


def answer_of(item, **fields):
    form = CorrectionForm(attempt=1, seen=1, step="save", note="所见", reason="照片", **fields)
    edit = form.edit(item)
    assert edit.reason == "照片"
    assert edit.answer.item == item.code
    return edit.answer


@pytest.mark.parametrize(
    ("item", "fields", "found"),
    [
        (TIER, {"option": TIER.rule.options[0].code}, ("loss", TIER.rule.options[0].code)),
        (TIER, {"option": ""}, ("pass", None)),
        (TIER, {"outcome": "na", "option": TIER.rule.options[0].code}, ("na", None)),
        (TIER, {"outcome": "not_observed"}, ("not_observed", None)),
    ],
)
def test_an_option_or_none(item, fields, found):
    answer = answer_of(item, **fields)
    assert (answer.verdict, answer.option) == found


def test_how_often_and_a_veto():
    assert answer_of(OCC, count="2", spot="yes") == Answer(
        item=OCC.code, verdict="loss", count=2, note="所见", corrected_on_spot=True
    )
    assert answer_of(OCC, count=" 0 ").verdict == "pass"
    assert answer_of(OCC, count="").verdict == "pass"
    assert answer_of(OCC, veto="yes").veto
    assert answer_of(OCC, count="two").count == -1
    assert answer_of(OCC, count="99999").count == -1


def test_ticks_or_none():
    code = SUM.rule.ticks[0].code
    assert answer_of(SUM, ticks=(code,)).ticks == (code,)
    assert answer_of(SUM).verdict == "pass"


def test_a_measurement_says_itself_whether_it_is_a_loss():
    assert answer_of(MEAS, measured=" 30 ") == Answer(
        item=MEAS.code, verdict="pass", measured="30", note="所见"
    )


def test_the_form_shows_the_answer_as_it_is():
    shown = typed(Answer(item="x", verdict="na", reason="没有", note="无"), None, None)
    assert (shown.outcome, shown.option, shown.count, shown.note) == ("na", "", "", "无")
    assert typed(Answer(item="x", verdict="loss", count=3), None, None).count == "3"


def test_the_form_shows_what_was_typed_when_it_was_refused():
    problem = Problem(
        type="", title="", status=422, code="correction.nothing", detail="", instance=""
    )
    fields = {"outcome": ["scored"], "ticks": ["a", "b"], "veto": ["yes"], "reason": ["因为"]}
    shown = typed(Answer(item="x", verdict="pass"), RefusedForm(problem, fields), None)
    assert (shown.ticks, shown.veto, shown.spot, shown.reason) == (("a", "b"), True, False, "因为")
    other = RefusedForm(problem, {"question": ["谁？"]})
    assert typed(Answer(item="x", verdict="pass"), other, None).outcome == "scored"
