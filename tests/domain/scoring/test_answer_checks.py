"""Every answer that does not fit its rubric is named with its place and a stable code."""

import tomllib

import msgspec
import pytest

from inspection.domain.refusals import Fault
from inspection.domain.rubrics.rubric import Info
from inspection.domain.scoring.answer_checks import faults, file_faults
from inspection.domain.scoring.answers import Answer, AnswerFile, Answers, EarlierFindings
from inspection.domain.scoring.scoring_items import find
from inspection.wording import LOCALE, Language, catalogue
from tests.domain.sheets import (
    GOLDEN_REPLAY,
    KC,
    KH,
    MINI,
    PHOTO,
    loss,
    not_applicable,
    passed,
    sheet,
    unseen,
)

replace = msgspec.structs.replace

# An answer that does not fit, and the faults it has: code and field.
MISFITS = [
    (KC, Answer(item="KC-M-01", verdict="na", reason="没有"), [("na_not_allowed", "verdict")]),
    (KC, Answer(item="KC-E-06", verdict="na"), [("na_without_reason", "reason")]),
    (KC, Answer(item="KC-E-06", verdict="na", reason=" "), [("na_without_reason", "reason")]),
    (KC, Answer(item="KC-M-01", verdict="not_observed"),
     [("not_observed_without_reason", "reason")]),
    (MINI, loss("MINI-B-03"), [("never_scored", "verdict")]),
    (KC, Answer(item="KC-M-01", verdict="pass", corrected_on_spot=True),
     [("nothing_to_correct", "corrected_on_spot")]),
    (KC, Answer(item="KC-M-01", verdict="pass", count=1), [("field_not_expected", "count")]),
    (KC, replace(unseen("KC-F-01"), option="not_provided"), [("field_not_expected", "option")]),
    (KC, loss("KC-F-01", option="not_provided", count=1, measured="3"),
     [("field_not_expected", "count"), ("field_not_expected", "measured")]),
    (KC, loss("KC-M-01", count=1, ticks=("x",)), [("field_not_expected", "ticks")]),
    (KC, loss("KC-F-01", option="not_provided", veto=True), [("field_not_expected", "veto")]),
    (KC, loss("KC-F-01"), [("option_missing", "option")]),
    (KC, loss("KC-F-01", option="broken"), [("option_unknown", "option")]),
    (KC, loss("KC-M-01"), [("count_missing", "count")]),
    (KC, loss("KC-M-01", count=0), [("count_out_of_range", "count")]),
    (KC, loss("KC-M-01", count=-1), [("count_out_of_range", "count")]),
    (KC, loss("KC-M-01", count=1000), [("count_out_of_range", "count")]),
    (KC, loss("KC-D-03", count=-1, veto=True), [("count_out_of_range", "count")]),
    (KC, loss("KC-M-01", count=1, veto=True), [("veto_not_offered", "veto")]),
    (KC, loss("KC-D-02"), [("ticks_missing", "ticks")]),
    (KC, loss("KC-D-02", ticks=("no_tea",)), [("tick_unknown", "ticks/0")]),
    (KC, loss("KC-D-02", ticks=("no_welcome", "no_welcome")), [("tick_repeated", "ticks/1")]),
    (MINI, loss("MINI-A-04"), [("measured_missing", "measured")]),
    (MINI, Answer(item="MINI-A-04", verdict="pass"), [("measured_missing", "measured")]),
    (MINI, loss("MINI-A-04", measured="NaN"), [("measured_malformed", "measured")]),
    (MINI, loss("MINI-A-04", measured="ten"), [("measured_malformed", "measured")]),
    (MINI, loss("MINI-A-04", measured="9.999"), [("measured_malformed", "measured")]),
    (MINI, loss("MINI-A-04", measured="240.01"), [("measured_out_of_range", "measured")]),
    (MINI, loss("MINI-A-04", measured="-1"), [("measured_out_of_range", "measured")]),
    (MINI, loss("MINI-A-04", measured="8"), [("verdict_contradicts_measured", "verdict")]),
    (MINI, Answer(item="MINI-A-04", verdict="pass", measured="8.01"),
     [("verdict_contradicts_measured", "verdict")]),
    (KC, loss("KC-M-01", count=1, photos=(), note=""), [("photo_or_record_missing", "photos")]),
    (KC, loss("KC-M-01", count=1, photos=()), [("photo_or_record_missing", "photos")]),
    (KC, loss("KC-M-01", count=1, photos=(), note="", reason="店员在旁"),
     [("photo_or_record_missing", "photos")]),
    (KC, loss("KC-A-02", count=1, note=" "), [("record_missing", "note")]),
    (KC, loss("KC-E-05", option="slight", note=""), [("note_missing", "note")]),
    (MINI, Answer(item="MINI-B-03", verdict="pass"), [("note_missing", "note")]),
    (KC, loss("KC-M-01", count=1, note="长" * 501), [("note_too_long", "note")]),
    (KC, loss("KC-M-01", count=1, reason="长" * 501), [("reason_too_long", "reason")]),
    (KC, loss("KC-M-01", count=1, photos=tuple(f"{n:064x}" for n in range(21))),
     [("photos_too_many", "photos")]),
    (KC, loss("KC-M-01", count=1, photos=("A" * 64,)), [("photo_malformed", "photos/0")]),
    (KC, loss("KC-M-01", count=1, photos=(PHOTO, PHOTO)), [("photo_repeated", "photos/1")]),
]  # fmt: skip


def index_of(rubric, code):
    """Where an item's answer stands in a whole sheet."""
    return [item.code for item in rubric.items()].index(code)


def found(rubric, *findings, **options):
    """The faults of a sheet that is right but for these findings."""
    return faults(rubric, sheet(rubric, *findings), rubric.features(), **options)


@pytest.mark.parametrize(("rubric", "answer", "expected"), MISFITS)
def test_a_misfit_is_named_with_its_place(rubric, answer, expected):
    at = f"/answers/{index_of(rubric, answer.item)}"
    named = [(fault.code.removeprefix("answer."), fault.pointer) for fault in found(rubric, answer)]
    assert named == [(code, f"{at}/{field}") for code, field in expected]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("rubric", "answer", "expected"), MISFITS)
def test_every_fault_has_a_sentence_whose_facts_are_there(rubric, answer, expected, language):
    for fault in found(rubric, answer):
        assert answer.item in catalogue(language)[fault.code].format(**fault.facts)


@pytest.mark.parametrize(
    "finding",
    [
        loss("KC-M-01", count=999),
        loss("KC-D-03", veto=True),
        loss("KC-D-03", count=2, veto=True),
        loss("KC-M-01", count=1, photos=(), note="台面散放", reason="店员在旁"),
        loss("KC-M-01", count=1, note=""),
        loss("KC-A-02", count=1, photos=()),
        loss("KC-M-01", count=1, note="长" * 500),
        not_applicable("KC-F-02"),
        unseen("KC-X-01"),
    ],
)
def test_these_fit(finding):
    assert found(KC, finding) == ()


def test_nothing_to_show_is_asked_for_where_the_rubric_asks_for_nothing():
    assert found(MINI, loss("MINI-A-03", ticks=("smile",), photos=(), note="")) == ()


@pytest.mark.parametrize(("measured", "verdict"), [("8", "pass"), ("8.01", "loss"), ("0", "pass")])
def test_a_measurement_goes_with_its_verdict(measured, verdict):
    answer = replace(loss("MINI-A-04", measured=measured), verdict=verdict)
    assert found(MINI, answer) == ()


def test_only_a_covert_visit_may_write_a_record_instead_of_a_photo():
    recorded = loss("KC-M-01", count=1, photos=(), reason="店员在旁")
    at = f"/answers/{index_of(KC, 'KC-M-01')}/photos"
    assert found(KC, recorded) == ()
    assert found(KC, recorded, photos="required") == (
        Fault(at, "answer.photo_missing", item="KC-M-01"),
    )


def test_an_item_of_another_rubric_is_not_known():
    answers = Answers((*sheet(KC).items, Answer(item="KH-B-01", verdict="pass")))
    (fault,) = faults(KC, answers, KC.features())
    assert (fault.pointer, fault.code) == ("/answers/37/item", "answer.item_unknown")


def test_an_item_answered_twice_is_named_once():
    answers = Answers((*sheet(KC).items, passed(KC, "KC-E-01")))
    (fault,) = faults(KC, answers, KC.features())
    assert (fault.pointer, fault.code) == ("/answers/37/item", "answer.item_repeated")


def test_every_item_needs_an_answer():
    named = faults(KH, Answers(()), KH.features())
    assert {fault.code for fault in named} == {"answer.unanswered"}
    assert [fault.facts["item"] for fault in named] == [item.code for item in KH.items()]


def test_what_features_switch_off_needs_no_answer():
    on = [answer for answer in sheet(KC).items if answer.item != "KC-F-02"]
    features = KC.features() - {"shoe_machine_required"}
    assert faults(KC, Answers(tuple(on)), features) == ()


def test_what_features_switch_off_may_have_any_answer_that_can_be_kept():
    odd = replace(loss("KC-F-02"), photos=("x",))
    features = KC.features() - {"shoe_machine_required"}
    (fault,) = faults(KC, sheet(KC, odd), features)
    assert fault.code == "answer.photo_malformed"


@pytest.mark.parametrize(
    ("bonuses", "expected"),
    [
        (("PLUS-1", "PLUS-2"), []),
        (("PLUS-9",), [("/bonuses/0", "answer.bonus_unknown")]),
        (("PLUS-1", "PLUS-1"), [("/bonuses/1", "answer.bonus_repeated")]),
    ],
)
def test_a_bonus_must_be_offered_and_claimed_once(bonuses, expected):
    named = faults(MINI, sheet(MINI, bonuses=bonuses), MINI.features())
    assert [(fault.pointer, fault.code) for fault in named] == expected


def test_a_file_names_only_features_and_items_that_exist():
    visit = AnswerFile(
        rubric="KC",
        features=("sauna", *sorted(KC.features())),
        answers=GOLDEN_REPLAY.items,
        earlier=EarlierFindings("2026-Q3", ("KC-M-01", "KC-Z-01")),
    )
    assert [(fault.pointer, fault.code) for fault in file_faults(KC, visit)] == [
        ("/features/0", "answer.feature_unknown"),
        ("/earlier/items/1", "answer.earlier_unknown"),
    ]


@pytest.mark.parametrize("language", Language)
def test_every_fault_that_is_worded_is_provoked_here(language):
    provoked = {code for *_, expected in MISFITS for code, _ in expected}
    provoked |= {"photo_missing", "item_unknown", "item_repeated", "unanswered"}
    provoked |= {"bonus_unknown", "bonus_repeated", "feature_unknown", "earlier_unknown"}
    text = (LOCALE / language.folder / "answers.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)["answer"]) == provoked


def test_nothing_can_be_found_on_an_info_item():
    item = MINI.item("MINI-B-03")
    assert isinstance(item.rule, Info)
    assert find(item, loss("MINI-B-03")).lost == 0
