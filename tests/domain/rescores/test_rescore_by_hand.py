"""Judging a visit by another version: cards reckoned by hand."""

from inspection.domain.rescores.rescore import Change, Misfit, change_of, features_then, restated
from inspection.domain.rubrics.rubric import Info, Tier
from inspection.domain.scoring.answers import NOTHING_EARLIER, Answers
from inspection.domain.scoring.scoring import score
from tests.domain.rescores.rewritten import by, dearer, replace, rewritten
from tests.domain.sheets import GOLDEN_REPLAY, KC, MINI, loss, not_applicable, passed, sheet, unseen


def misfits(rubric, answers, features=None):
    return [(each.item, each.code) for each in by(rubric, answers, features).misfits]


def test_the_golden_replay_by_a_dearer_version():
    before = by(KC, GOLDEN_REPLAY).card
    after = by(rewritten(KC, dearer, "KC-V-06"), GOLDEN_REPLAY).card
    assert (before.total, after.total) == (8950, 8900)
    assert (before.band, after.band, after.lost) == ("good", "good", 1100)
    assert change_of(before, after) is Change.CHANGED


def test_another_name_is_no_other_judgement():
    before = by(KC, GOLDEN_REPLAY).card
    after = by(replace(KC, edition="next"), GOLDEN_REPLAY).card
    assert before.rubric_digest != after.rubric_digest
    assert change_of(before, after) is Change.SAME
    assert change_of(before, None) is Change.STUCK


def test_what_a_version_does_not_know_or_lacks_is_named():
    fewer = replace(KC, sections=(replace(KC.sections[0], items=KC.sections[0].items[1:]),))
    known = {item.code for item in fewer.items()}
    answers = Answers(tuple(each for each in sheet(KC).items if each.item in known | {"KC-E-01"}))
    assert misfits(fewer, answers) == [("KC-E-01", "answer.item_unknown")]
    without = Answers(tuple(each for each in sheet(KC).items if each.item != "KC-E-01"))
    assert misfits(KC, without) == [("KC-E-01", "answer.unanswered")]
    other = rewritten(KC, lambda item: replace(item, rule=Info()), "KC-E-01")
    assert misfits(other, sheet(KC, loss("KC-E-01", count=2))) == [
        ("KC-E-01", "answer.field_not_expected"),
        ("KC-E-01", "answer.never_scored"),
    ]
    renamed = rewritten(
        KC,
        lambda item: replace(item, rule=Tier((replace(item.rule.options[-1], code="x"),))),
        "KC-E-05",
    )
    assert misfits(renamed, sheet(KC, loss("KC-E-05", option="slight"))) == [
        ("KC-E-05", "answer.option_unknown")
    ]
    strict = rewritten(MINI, lambda item: replace(item, na="never"))
    left_out = next(item.code for item in MINI.items() if item.na == "allowed")
    assert misfits(strict, sheet(MINI, not_applicable(left_out))) == [
        (left_out, "answer.na_not_allowed")
    ]
    claimed = Answers(sheet(KC).items, ("gone",))
    assert misfits(KC, claimed) == [("gone", "answer.bonus_unknown")]


def test_evidence_a_later_version_wants_is_not_missed():
    wanting = rewritten(KC, lambda item: replace(item, evidence="record"), "KC-E-01")
    found = replace(loss("KC-E-01", count=1), note="")
    assert by(wanting, sheet(KC, found)).misfits == ()


def test_a_card_of_which_nothing_applies_by_the_new_version_stays():
    seen = {item.code for item in KC.items()}
    answers = Answers(tuple(unseen(code) for code in sorted(seen)))
    assert by(KC, answers).misfits == (Misfit("", "rescore.nothing_scored"),)


def test_whether_a_measurement_is_a_loss_is_for_the_version_to_say():
    (item,) = (each for each in MINI.items() if type(each.rule).__name__ == "Meas")
    slow = loss(item.code, measured="9", corrected_on_spot=True)
    later = rewritten(
        MINI,
        lambda each: replace(
            each,
            rule=replace(
                each.rule, bands=tuple(replace(band, above=2300) for band in each.rule.bands[1:])
            ),
        ),
        item.code,
    )
    judged = by(later, sheet(MINI, slow))
    assert judged.misfits == ()
    (answer,) = (each for each in judged.answers.items if each.item == item.code)
    assert (answer.verdict, answer.corrected_on_spot, answer.measured) == ("pass", False, "9")
    back = restated(MINI, judged.answers)
    (answer,) = (each for each in back.items if each.item == item.code)
    assert answer.verdict == "loss"
    quick = replace(passed(MINI, item.code), measured="20")
    assert restated(later, sheet(MINI, quick)).items != restated(MINI, sheet(MINI, quick)).items


def test_features_nobody_asked_for_then_are_those_of_today():
    card = score(KC, sheet(KC), frozenset({"guest_wifi"}), NOTHING_EARLIER)
    today = frozenset({"vip_desk_required", "shoe_machine_required"})
    kept = features_then(card, KC, today)
    assert "shoe_machine_required" not in kept
    assert kept >= {"guest_wifi"}
    unknown = today - KC.features()
    assert unknown <= kept
