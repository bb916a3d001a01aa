"""The problem of a line is said from the rule, the count and the note."""

import msgspec
import pytest

from inspection.domain.notices.notice_line import lines, problem
from inspection.domain.rubrics.rubric import Hundredths, Item, Meas, MeasBand, Text
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scoring import score
from inspection.domain.visits.published_visit import PublishedFinding, publish
from inspection.wording import Language, catalogue
from tests.domain.notice_matters import ARRIVED, EVERYTHING
from tests.domain.sheets import KC, loss, sheet


def said(item: str, language: Language = Language.ZH, **finding) -> str:
    answer = Answer(item=item, verdict="loss", **finding)
    return problem(KC.item(item), answer, language, catalogue(language))


def test_a_graded_option_is_named_and_the_note_follows():
    assert said("KC-F-01", option="not_provided") == "未配备。"
    assert said("KC-F-01", option="not_provided", note=" 仅剩支架。") == "未配备。仅剩支架。"


def test_for_a_store_nothing_of_the_note_is_said():
    answer = Answer(item="KC-M-01", verdict="loss", count=2, note="资料架空缺。")
    told = problem(KC.item("KC-M-01"), answer, Language.ZH, catalogue(Language.ZH), noted=False)
    assert told == "不符合“资料架和台面的资料摆放整齐”，共 2 处。"


def test_occurrences_are_counted_with_their_unit():
    assert said("KC-M-01", count=2, note="资料架空缺。") == "资料架空缺，共 2 处。"
    assert said("KC-M-01", count=1) == "不符合“资料架和台面的资料摆放整齐”，共 1 处。"


def test_ticks_are_all_named():
    assert said("KC-D-02", ticks=("no_welcome", "no_smile")) == "无迎声；无微笑目光。"


def test_a_veto_is_named_before_the_count():
    assert said("KC-D-03", veto=True, note="与客户争吵") == "辱骂顶撞。与客户争吵。"
    assert said("KC-D-03", veto=True, count=1, note="争吵") == "辱骂顶撞。争吵，共 1 次。"


def test_a_measurement_is_given_with_its_unit():
    wait = KC.item("KC-E-04")
    rule = Meas(
        unit=Text(zh="分钟", en="minutes"),
        least=Hundredths(0),
        most=Hundredths(6000),
        bands=(MeasBand(Hundredths(1500), Hundredths(100), Text(zh="超过", en="over")),),
    )
    measured = Item(**{f: getattr(wait, f) for f in wait.__struct_fields__} | {"rule": rule})
    answer = Answer(item=wait.code, verdict="loss", measured="22", note="两台席空闲")
    assert problem(measured, answer, "zh-CN", catalogue(Language.ZH)) == "22 分钟。两台席空闲。"


def test_english_is_said_in_english():
    assert said("KC-F-01", Language.EN, option="not_provided", note="Only a bracket.") == (
        "Not provided. Only a bracket."
    )
    assert said("KC-M-01", Language.EN, count=2, note="Rack half empty") == (
        "Rack half empty (2 × spot)."
    )


def test_a_finding_without_words_still_names_the_item():
    assert said("KC-F-01") == KC.item("KC-F-01").title.zh


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_remark_that_costs_nothing_is_a_hint(language):
    card = score(KC, sheet(KC, loss("KC-M-01", count=1)), EVERYTHING)
    remarks = (PublishedFinding(item="KC-E-01", problem="门前有纸屑，离店前已清理。"),)
    visit = publish("mystery_visit", ARRIVED, remarks, disclose_day=False)
    hint, line = lines(card, KC, visit, language)
    assert (hint.item, hint.severity, hint.lost) == ("KC-E-01", "hint", 0)
    assert (line.severity, line.problem) == ("general", KC.item("KC-M-01").title.of(language))


def test_an_item_the_card_does_not_score_makes_no_line():
    card = score(KC, sheet(KC, loss("KC-M-01", count=1)), EVERYTHING)
    older = msgspec.structs.replace(
        card, items=tuple(found for found in card.items if found.item != "KC-E-01")
    )
    visit = publish("mystery_visit", ARRIVED, (), disclose_day=False)
    assert [line.item for line in lines(older, KC, visit, "zh-CN")] == ["KC-M-01"]
