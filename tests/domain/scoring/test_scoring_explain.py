"""Any number of a card can be explained in both languages."""

import re
import tomllib
from functools import partial

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspection.domain.rubrics.rubric import STORE_FEATURES, Critical
from inspection.domain.scoring.answers import Answers, EarlierFindings
from inspection.domain.scoring.scorecard import Step
from inspection.domain.scoring.scoring import score
from inspection.domain.scoring.scoring_explain import explain, places, sentence
from inspection.wording import LOCALE, Language, say
from tests.domain.random_visits import visits
from tests.domain.scoring_cases import CASES, answers_of, rubric_of
from tests.domain.sheets import GOLDEN_REPLAY, KC, KH, MINI, loss, not_applicable, sheet

replace = msgspec.structs.replace
ZH, EN = Language.ZH, Language.EN


def lines(card, rubric, place, language=EN):
    """The explanation of one number."""
    return explain(card, rubric, place, language, partial(say, language))


def test_the_total_of_the_golden_replay():
    card = score(KC, GOLDEN_REPLAY, KC.features())
    assert lines(card, KC, "total", ZH) == [
        "总分：KC-E 20 + KC-V 19.5 + KC-F 13 + KC-M 2 + KC-X 10 + KC-A 10 + KC-D 15 = 89.5 分。",
        "总分：89.5 保留两位小数（四舍五入），得 89.5 分。",
        "结论：89.5 分，达到合格线 60 分，合格。",
        "等级：在 80 分至 90 分之间，为“良好”。",
    ]


def test_a_scaled_section():
    findings = (not_applicable("KC-F-02"), loss("KC-F-03", option="not_provided"))
    card = score(KC, sheet(KC, *findings), KC.features())
    assert lines(card, KC, "KC-F") == [
        "KC-F Service facilities: KC-F-03 3 = 3 lost.",
        "KC-F Service facilities: 19 marks applied; scaled: 21 × (19 − 3) ÷ 19 = 336/19.",
    ]
    assert (
        lines(card, KC, "total")[1] == "Total: 1837/19 rounded to two decimals (half up) is 96.68."
    )


def test_an_item_step_by_step():
    rubric = replace(KC, repeat_factor=150, spot_refund=50)
    finding = loss("KC-M-02", count=1, corrected_on_spot=True)
    card = score(
        rubric, sheet(KC, finding), KC.features(), EarlierFindings("2026-Q3", ("KC-M-02",))
    )
    title = "KC-M-02 Completeness and validity"
    assert lines(card, rubric, "KC-M-02") == [
        f"{title}: 1 found (unit: kind or copy), 1 off for each, 1 together.",
        f"{title}: already found in 2026-Q3, repeat factor 1 × 1.5, "
        "at most the item's marks: 1.5 off.",
        f"{title}: corrected on the spot, 0.75 returned (share 0.5).",
        f"{title}: 0.75 of 2 lost.",
    ]


def test_a_round_without_a_name_is_the_last_one():
    earlier = EarlierFindings("", ("MINI-B-02",))
    card = score(MINI, sheet(MINI, loss("MINI-B-02", count=1)), MINI.features(), earlier)
    assert "上一轮同一问题未改" in lines(card, MINI, "MINI-B-02", ZH)[1]


def test_ticks_and_switched_off_items_are_named_in_words():
    card = score(KC, sheet(KC, loss("KC-D-02", ticks=("no_welcome", "no_farewell"))), frozenset())
    assert lines(card, KC, "KC-D-02", ZH)[0] == (
        "KC-D-02 主动招呼、微笑目光、来迎去送：无迎声 2 + 无送声 1 = 3 分。"
    )
    assert "未要求配备擦鞋机" in lines(card, KC, "KC-F-02", ZH)[0]


def test_an_item_that_passed_says_so():
    card = score(KC, sheet(KC), KC.features())
    assert lines(card, KC, "KC-E-01") == ["KC-E-01 Forecourt: passed, full marks 3."]


@pytest.mark.parametrize("place", ["KC-Z", "KH-E-01", ""])
def test_a_number_the_card_does_not_have_cannot_be_explained(place):
    card = score(KC, sheet(KC), KC.features())
    with pytest.raises(KeyError, match="no number called"):
        lines(card, KC, place)


def test_a_card_of_another_rubric_does_not_explain_an_item_it_lacks():
    card = score(KC, sheet(KC), KC.features())
    with pytest.raises(KeyError, match="KH-E-01"):
        lines(card, KH, "KH-E-01")


@pytest.mark.parametrize("language", Language)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visit=visits(), effect=st.sampled_from(["veto", "section_zero", "total_zero"]))
def test_every_number_of_every_card_has_an_explanation(language, visit, effect):
    rubric, answers, features, earlier = visit
    first = rubric.sections[0]
    items = tuple(
        replace(item, critical=Critical(effect)) if item.severity == "veto" else item
        for item in first.items
    )
    rubric = replace(rubric, sections=(replace(first, items=items), *rubric.sections[1:]))
    card = score(rubric, answers, features, earlier)
    for place in places(card):
        assert all("{" not in line for line in lines(card, rubric, place, language))


def test_every_step_that_is_worded_is_taken_by_some_case():
    taken = set()
    for case in CASES:
        rubric = rubric_of(case)
        features = frozenset(case.get("features", rubric.features()))
        earlier = msgspec.convert(case.get("earlier", {}), EarlierFindings)
        card = score(rubric, answers_of(case, rubric), features, earlier)
        taken |= {step.code for step in card.steps}
    worded = tomllib.loads((LOCALE / "en" / "scoring.toml").read_text(encoding="utf-8"))["step"]
    groups = ("item", "section", "total", "flag")
    known = {f"{group}.{code}" for group in groups for code in worded[group]}
    assert known - taken == {"item.passed", "section.cap"}


def test_the_cap_of_an_over_allocated_section_is_explained():
    (first, second) = MINI.sections
    tight = replace(
        MINI, sections=(replace(first, full=3000, over_allocated=True), replace(second, full=7000))
    )
    worst = (loss("MINI-A-01", option="missing"), loss("MINI-A-04", measured="99"))
    card = score(tight, sheet(tight, *worst), tight.features())
    assert lines(card, tight, "MINI-A", ZH)[1] == (
        "MINI-A 第一部分：各项共失 40 分，超过本项可失的 30 分，按 30 分计。"
    )


@pytest.mark.parametrize("language", Language)
def test_every_feature_of_a_store_has_a_name(language):
    text = (LOCALE / language.folder / "scoring.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)["step"]["feature"]) == STORE_FEATURES


def test_a_flag_is_a_sentence():
    card = score(KC, Answers(()), KC.features())
    (flag,) = [step for step in card.steps if step.code.startswith("flag.")]
    assert re.match(
        r"Note: 37 not answered yet: KC-E-01 ", sentence(flag, KC, EN, partial(say, EN))
    )


def test_a_step_belongs_to_one_place():
    card = score(KC, GOLDEN_REPLAY, KC.features())
    assert {step.place for step in card.steps} <= set(places(card))
    assert Step("total.sum", "total").facts == {}
