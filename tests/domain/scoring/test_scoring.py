"""The rules of scoring, each with its worked example: losses, sections, the total. Points are
hundredths.
"""

import pytest

from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import Answers, EarlierFindings
from inspection.domain.scoring.scoring import inputs_digest, score
from tests.domain.scoring.scored import item_of, replace, scored, section_of
from tests.domain.sheets import GOLDEN_REPLAY, KC, KH, MINI, loss, not_applicable, passed, sheet


def test_the_club_card_of_2010_is_89_5():
    card = score(KC, GOLDEN_REPLAY, KC.features())
    assert (card.total, card.lost) == (8950, 1050)
    assert [section.earned for section in card.sections] == [
        2000,
        1950,
        1300,
        200,
        1000,
        1000,
        1500,
    ]
    assert [section.lost for section in card.sections] == [0, 50, 800, 200, 0, 0, 0]
    assert (card.outcome, card.band, card.rankable, card.flags) == ("pass", "good", True, ())


def test_full_marks_lose_nothing():
    card = scored(KH)
    assert (card.total, card.lost, card.band, card.major_losses) == (10000, 0, "excellent", 0)


def test_ticks_add_up():
    card = scored(KC, loss("KC-D-02", ticks=("no_welcome", "no_farewell")))
    assert item_of(card, "KC-D-02").lost == 300


def test_six_untidy_spots_lose_no_more_than_the_marks():
    card = scored(KC, loss("KC-M-01", count=6))
    assert item_of(card, "KC-M-01").lost == 200
    assert item_of(card, "KC-M-01").count == 6


@pytest.mark.parametrize(
    ("minutes", "lost"),
    [("8", 0), ("8.01", 500), ("13", 500), ("13.01", 2000), ("240", 2000)],
)
def test_a_measurement_loses_by_the_highest_band_it_passes(minutes, lost):
    finding = passed(MINI, "MINI-A-04") if lost == 0 else loss("MINI-A-04")
    card = scored(MINI, replace(finding, measured=minutes))
    assert item_of(card, "MINI-A-04").lost == lost


def test_an_over_allocated_section_loses_no_more_than_its_marks():
    (first, second) = MINI.sections
    tight = replace(
        MINI, sections=(replace(first, full=3000, over_allocated=True), replace(second, full=7000))
    )
    worst = (loss("MINI-A-01", option="missing"), loss("MINI-A-04", measured="99"))
    card = scored(tight, *worst)
    assert section_of(card, "MINI-A").found == 3000
    assert section_of(card, "MINI-A").earned == 0


def test_an_item_is_printed_rounded_but_the_card_is_summed_exactly():
    """1.5 × 1.5 less a half of it is 1.125: the item shows 1.13, the card 98.875, not 98.87."""
    finding = loss("MINI-B-02", count=1, corrected_on_spot=True)
    card = scored(MINI, finding, earlier=EarlierFindings("", ("MINI-B-02",)))
    assert (item_of(card, "MINI-B-02").lost, card.total) == (113, 9888)


def lone(cost: int) -> Rubric:
    """A card of one item worth 100 whose tick costs `cost`, half of it back when corrected."""
    (section, _) = MINI.sections
    greeting = section.items[2]
    ticks = (replace(greeting.rule.ticks[0], loss=cost),)
    item = replace(greeting, full=10000, rule=replace(greeting.rule, ticks=ticks))
    return replace(MINI, bands=KC.bands, sections=(replace(section, full=10000, items=(item,)),))


@pytest.mark.parametrize(
    ("cost", "rounding", "total", "band"),
    [
        (2001, "half_up", 9000, "excellent"),  # 89.995
        (2001, "half_even", 9000, "excellent"),
        (2003, "half_up", 8999, "good"),  # 89.985
        (2003, "half_even", 8998, "good"),
    ],
)
def test_the_total_is_rounded_once_and_then_graded(cost, rounding, total, band):
    finding = loss("MINI-A-03", ticks=("welcome",), corrected_on_spot=True)
    card = scored(replace(lone(cost), rounding=rounding), finding)
    assert (card.total, card.band) == (total, band)


def test_sections_that_round_apart_from_the_total_are_noted():
    card = scored(
        KC,
        not_applicable("KC-F-02"),
        loss("KC-F-03", option="not_provided"),
        not_applicable("KC-E-06"),
        loss("KC-E-01", count=1),
        not_applicable("KC-X-04"),
        loss("KC-X-02", count=1),
    )
    together = sum(section.earned for section in card.sections)
    assert abs(together - card.total) == 1
    assert "sections_rounded" in card.flags


def test_without_a_pass_line_there_is_no_outcome():
    card = scored(replace(KC, pass_line=None, bands=()))
    assert (card.outcome, card.band) == ("none", None)


def test_major_losses_count_the_graver_items():
    card = scored(
        KC,
        loss("KC-F-01", option="not_provided"),
        loss("KC-D-03", count=1),
        loss("KC-M-01", count=1),
    )
    assert card.major_losses == 2


def test_an_info_item_is_never_scored():
    assert item_of(scored(MINI), "MINI-B-03").status == "info"


def test_the_order_of_answers_changes_nothing():
    turned = Answers(GOLDEN_REPLAY.items[::-1])
    assert score(KC, turned, KC.features()) == score(KC, GOLDEN_REPLAY, KC.features())


@pytest.mark.parametrize(
    ("answers", "features", "earlier"),
    [
        (sheet(KC), KC.features(), EarlierFindings()),
        (GOLDEN_REPLAY, frozenset(), EarlierFindings()),
        (GOLDEN_REPLAY, KC.features(), EarlierFindings("", ("KC-M-01",))),
    ],
)
def test_other_inputs_have_another_digest(answers, features, earlier):
    golden = inputs_digest(KC, GOLDEN_REPLAY, KC.features(), EarlierFindings())
    assert inputs_digest(KC, answers, features, earlier) != golden


def test_features_no_item_depends_on_do_not_matter():
    features = KC.features()
    first, second = (
        score(KC, GOLDEN_REPLAY, known) for known in (features, features | {"queue_machine"})
    )
    assert first == second


@pytest.mark.parametrize(
    "finding",
    [
        loss("KC-F-01", option="unheard_of"),
        loss("KC-F-01"),
        loss("KC-D-02", ticks=("unheard_of",)),
        loss("KC-M-01", veto=True),
    ],
)
def test_a_finding_that_was_not_checked_is_an_error(finding):
    with pytest.raises(ValueError, match=r"no option|no veto option"):
        scored(KC, finding)


def test_a_bonus_nobody_offers_is_an_error():
    with pytest.raises(ValueError, match="no bonus"):
        scored(KC, bonuses=("PLUS-9",))
