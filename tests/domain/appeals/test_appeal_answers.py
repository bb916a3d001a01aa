"""Upheld in part means another finding of the same kind, that costs less and something."""

import pytest

from inspection.domain.appeals.appeal_answers import lesser, lesser_answers
from inspection.domain.refusals.appeals import AppealPartUnfit
from inspection.domain.rubrics.rubric import (
    Info,
    Item,
    Meas,
    MeasBand,
    Occ,
    Option,
    Sum,
    Text,
    Tier,
)
from inspection.domain.scoring.answers import Answer

WORD = Text("字", "word")


def an_item(rule, full=500):
    return Item(
        code="I-1",
        title=WORD,
        standard=WORD,
        full=full,
        rule=rule,
        rule_text=WORD,
        evidence="none",
        na="never",
        severity="general",
        rectification=WORD,
        hours=24,
        source="own",
    )


def option(code, loss, **more):
    return Option(code, Text(f"中{code}", code), loss, **more)


def a_loss(**found):
    return Answer(item="I-1", verdict="loss", **found)


TIER = an_item(Tier((option("slight", 100), option("clear", 200), option("gone", 400))))
OCC = an_item(Occ(each=100, unit=Text("处", "spots"), veto_option=option("danger", 300)))
SUM = an_item(Sum((option("a", 100), option("b", 100), option("c", 200))))
MEAS = an_item(
    Meas(WORD, 0, 9000, (MeasBand(1000, 100, WORD), MeasBand(2000, 300, WORD))),
)


def values(item, answer):
    return [(each.value, each.lost) for each in lesser_answers(item, answer)]


def test_a_tier_offers_its_cheaper_options():
    assert values(TIER, a_loss(option="gone")) == [("clear", 200), ("slight", 100)]
    assert values(TIER, a_loss(option="slight")) == []


def test_occurrences_offer_smaller_counts_and_the_count_without_the_veto():
    assert values(OCC, a_loss(count=3)) == [("2", 200), ("1", 100)]
    assert values(OCC, a_loss(count=1, veto=True)) == [("1", 100)]
    assert values(OCC, a_loss(veto=True)) == []


def test_a_floor_is_no_lesser_loss():
    assert values(OCC, a_loss(count=9)) == [("4", 400), ("3", 300), ("2", 200), ("1", 100)]


def test_ticks_offer_one_less_and_one_alone():
    assert values(SUM, a_loss(ticks=("a", "c"))) == [("c", 200), ("a", 100)]
    found = {each.value: each.text for each in lesser_answers(SUM, a_loss(ticks=("a", "b", "c")))}
    assert found["b+c"] == Text("中b、中c", "b, c")
    assert values(SUM, a_loss(ticks=("a",))) == []


def test_what_was_chosen_is_the_answer():
    answer = a_loss(option="gone", note="坏了")
    assert lesser(TIER, answer, "slight") == a_loss(option="slight", note="坏了")
    with pytest.raises(AppealPartUnfit):
        lesser(TIER, answer, "gone")


def test_a_measurement_is_typed():
    answer = a_loss(measured="25")
    assert lesser_answers(MEAS, answer) == ()
    assert lesser(MEAS, answer, " 15 ").measured == "15"
    for wrong in ("5", "30", "viel", ""):
        with pytest.raises(AppealPartUnfit):
            lesser(MEAS, answer, wrong)


def test_what_costs_nothing_any_more_has_nothing_lesser():
    assert lesser_answers(TIER, Answer(item="I-1", verdict="pass")) == ()
    with pytest.raises(AppealPartUnfit):
        lesser(TIER, Answer(item="I-1", verdict="pass"), "slight")


def test_what_is_never_scored_has_nothing_lesser():
    assert values(an_item(Info()), a_loss()) == []
