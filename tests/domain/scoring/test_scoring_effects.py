"""What a finding does beyond its loss: vetoes, caps, bonuses, repeats, mending on the spot. Points
are hundredths.
"""

import pytest

from inspection.domain.rubrics.rubric import Critical, Rubric
from inspection.domain.scoring.answers import EarlierFindings
from tests.domain.scoring.scored import item_of, replace, scored, section_of
from tests.domain.sheets import KC, KH, MINI, loss


def with_effect(rubric: Rubric, code: str, effect: str, cap: int = 0) -> Rubric:
    """The rubric with another critical effect on one item."""
    return replace(
        rubric,
        sections=tuple(
            replace(
                section,
                items=tuple(
                    replace(item, critical=Critical(effect, cap)) if item.code == code else item
                    for item in section.items
                ),
            )
            for section in rubric.sections
        ),
    )


def test_a_veto_keeps_the_score_and_fails_the_card():
    eight = (loss("KH-B-03", count=2), loss("KH-B-04", option="not_confirmed"))
    card = scored(KH, *eight)
    assert (card.total, card.outcome, card.band) == (9200, "vetoed", "inadequate")
    assert (card.critical_items, card.rankable) == (("KH-B-04",), True)


def test_a_veto_item_fires_on_its_veto_option_only():
    card = scored(KH, loss("KH-B-04", option="explained_partly"))
    assert (card.total, card.outcome, card.critical_items) == (9800, "pass", ())


def test_an_occurrence_item_fires_on_its_veto_tick_only():
    card = scored(KC, loss("KC-D-03", count=3))
    assert (card.total, card.outcome) == (9700, "pass")
    vetoed = scored(KC, loss("KC-D-03", veto=True))
    assert (vetoed.total, vetoed.outcome, item_of(vetoed, "KC-D-03").count) == (9700, "vetoed", 1)


def test_a_cap_holds_the_card_down():
    eight = (loss("KH-B-03", count=2), loss("KH-B-04", option="not_confirmed"))
    card = scored(with_effect(KH, "KH-B-04", "cap", 5900), *eight)
    assert (card.raw, card.total, card.outcome, card.band) == (9200, 5900, "fail", "inadequate")


def test_a_cap_never_lifts_a_card():
    worst = (loss("MINI-A-01", option="missing"), loss("MINI-A-04", measured="20"))
    unsure = loss("MINI-B-01", option="not_confirmed")
    card = scored(MINI, *worst, unsure)
    assert (card.raw, card.total) == (4000, 4000)


def test_of_two_caps_the_lower_holds():
    rubric = with_effect(MINI, "MINI-B-02", "cap", 3000)
    critical = (loss("MINI-B-01", option="not_confirmed"), loss("MINI-B-02", veto=True))
    assert scored(rubric, *critical).total == 3000


def test_a_section_can_be_zeroed():
    card = scored(
        with_effect(KH, "KH-B-04", "section_zero"), loss("KH-B-04", option="not_confirmed")
    )
    assert (section_of(card, "KH-B").earned, section_of(card, "KH-B").lost) == (0, 2000)
    assert (card.total, card.outcome) == (8000, "pass")


def test_the_total_can_be_zeroed():
    card = scored(with_effect(KH, "KH-B-04", "total_zero"), loss("KH-B-04", option="not_confirmed"))
    assert (card.raw, card.total, card.outcome) == (9600, 0, "fail")


def test_a_bonus_is_capped_and_full_marks_stay_the_most():
    """98.5 and a bonus of 3 is 100; the list inside a tie goes by 101.5."""
    card = scored(MINI, loss("MINI-B-02", count=1), bonuses=("PLUS-1", "PLUS-2"))
    assert (card.raw, card.bonus, card.total, card.ordering) == (9850, 300, 10000, 10150)


def test_a_small_bonus_is_added_whole():
    card = scored(MINI, loss("MINI-B-01", option="partly"), bonuses=("PLUS-1",))
    assert (card.raw, card.bonus, card.total, card.ordering) == (9500, 200, 9700, 9700)


@pytest.mark.parametrize(
    "finding", [loss("MINI-B-01", option="not_confirmed"), loss("MINI-B-02", veto=True)]
)
def test_a_bonus_never_lifts_a_critical_effect(finding):
    card = scored(MINI, finding, bonuses=("PLUS-1",))
    assert (card.bonus, card.ordering) == (0, card.total)


def test_a_repeated_finding_costs_one_and_a_half():
    rubric = replace(KC, repeat_factor=150)
    card = scored(
        rubric, loss("KC-M-02", count=1), earlier=EarlierFindings("2026-Q3", ("KC-M-02",))
    )
    assert (item_of(card, "KC-M-02").lost, item_of(card, "KC-M-02").repeat_extra) == (150, 50)
    assert card.total == 9850


def test_a_repeat_never_costs_more_than_the_marks():
    rubric = replace(KC, repeat_factor=150)
    card = scored(
        rubric, loss("KC-M-02", count=2), earlier=EarlierFindings("2026-Q3", ("KC-M-02",))
    )
    assert (item_of(card, "KC-M-02").lost, item_of(card, "KC-M-02").repeat_extra) == (200, 0)


def test_an_earlier_finding_that_fell_on_appeal_costs_nothing_more():
    card = scored(replace(KC, repeat_factor=150), loss("KC-M-02", count=1))
    assert item_of(card, "KC-M-02").lost == 100


def test_repeats_are_off_by_default():
    card = scored(KC, loss("KC-M-02", count=1), earlier=EarlierFindings("", ("KC-M-02",)))
    assert item_of(card, "KC-M-02").lost == 100


def test_correcting_on_the_spot_refunds_nothing_by_default():
    card = scored(KC, loss("KC-M-02", count=1, corrected_on_spot=True))
    assert (item_of(card, "KC-M-02").lost, item_of(card, "KC-M-02").refund) == (100, 0)


def test_correcting_on_the_spot_may_refund_a_share():
    card = scored(MINI, loss("MINI-B-02", count=1, corrected_on_spot=True))
    assert (item_of(card, "MINI-B-02").lost, item_of(card, "MINI-B-02").refund) == (75, 75)


def test_a_veto_is_not_refunded():
    card = scored(MINI, loss("MINI-B-02", veto=True, corrected_on_spot=True))
    assert (item_of(card, "MINI-B-02").lost, item_of(card, "MINI-B-02").refund) == (2000, 0)
