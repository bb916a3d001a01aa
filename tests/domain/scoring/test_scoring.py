"""The rules of scoring, each with its worked example. Points are hundredths."""

import msgspec
import pytest

from inspection.domain.rubrics.rubric import Critical, Rubric
from inspection.domain.scoring.answers import Answers, EarlierFindings
from inspection.domain.scoring.scoring import inputs_digest, score
from tests.domain.sheets import (
    GOLDEN_REPLAY,
    KC,
    KH,
    MINI,
    loss,
    not_applicable,
    passed,
    sheet,
    unseen,
)

replace = msgspec.structs.replace

# One N/A item of 2 marks and 3 lost, in the section of 21.
TWO_NA_THREE_LOST = sheet(KC, not_applicable("KC-F-02"), loss("KC-F-03", option="not_provided"))


def scored(rubric: Rubric, *findings, features=None, earlier=None, bonuses=()):
    """The card of a sheet in which everything else passes; the store has every feature."""
    return score(
        rubric,
        sheet(rubric, *findings, bonuses=bonuses),
        rubric.features() if features is None else features,
        earlier or EarlierFindings(),
    )


def section_of(card, code):
    """One section's numbers."""
    return next(section for section in card.sections if section.section == code)


def item_of(card, code):
    """One item's numbers."""
    return next(item for item in card.items if item.item == code)


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


@pytest.mark.parametrize(
    ("method", "section", "card"),
    [
        ("scale_section", 1768, 9668),
        ("whole_card", 1600, 9694),
        ("full_credit", 1800, 9700),
        ("zero", 1600, 9500),
    ],
)
def test_na_in_a_section(method, section, card):
    found = score(replace(KC, na_method=method), TWO_NA_THREE_LOST, KC.features())
    assert (section_of(found, "KC-F").earned, found.total) == (section, card)


def test_under_whole_card_a_section_lacks_only_what_was_found():
    card = score(replace(KC, na_method="whole_card"), TWO_NA_THREE_LOST, KC.features())
    assert section_of(card, "KC-F").lost == 300


@pytest.mark.parametrize("method", ["scale_section", "whole_card", "full_credit", "zero"])
def test_a_section_that_does_not_apply_drops_out(method):
    """The 2010 card without its cross-region section: 79.5 of 90."""
    without = [unseen(item.code) for item in KC.items() if item.code.startswith("KC-X")]
    found = [answer for answer in GOLDEN_REPLAY.items if answer.verdict == "loss"]
    card = scored(replace(KC, na_method=method), *found, *without)
    assert section_of(card, "KC-X").earned is None
    assert section_of(card, "KC-X").lost is None
    assert card.total == 8833


@pytest.mark.parametrize("method", ["scale_section", "whole_card", "full_credit", "zero"])
def test_nothing_scored_is_no_score(method):
    card = scored(replace(KC, na_method=method), *(unseen(item.code) for item in KC.items()))
    assert (card.total, card.raw, card.lost, card.ordering, card.band) == (None,) * 5
    assert (card.outcome, card.rankable) == ("none", False)
    assert "nothing_scored" in card.flags


def test_store_features_switch_items_off():
    card = scored(KC, features=KC.features() - {"shoe_machine_required"})
    assert item_of(card, "KC-F-02").status == "switched_off"
    assert section_of(card, "KC-F").applicable == 1900
    assert (card.total, card.flags) == (10000, ("switched_off_answered",))


def test_an_answer_to_a_switched_off_item_costs_nothing():
    card = scored(KC, loss("KC-F-02", option="not_provided"), features=frozenset())
    assert item_of(card, "KC-F-02").lost == 0
    assert card.total == 10000


def na_marks(*fulls):
    """A rubric of 100 one-item marks as given, and a sheet in which the first is N/A."""
    section = MINI.sections[0]
    tick = section.items[2]
    items = tuple(
        replace(tick, code=f"MINI-A-{n}", full=full) for n, full in enumerate(fulls, start=1)
    )
    rubric = replace(MINI, sections=(replace(section, full=10000, items=items),))
    return rubric, not_applicable("MINI-A-1")


@pytest.mark.parametrize(
    ("na", "flags", "rankable"),
    [
        (1500, (), True),
        (1700, ("manual_na_review",), True),
        (2000, ("manual_na_review",), True),
        (2100, ("manual_na_review", "too_little_applicable"), False),
    ],
)
def test_much_na_goes_to_review_and_too_much_is_not_ranked(na, flags, rankable):
    rubric, answer = na_marks(na, 10000 - na)
    card = scored(rubric, answer)
    assert (card.flags, card.rankable) == (flags, rankable)


@pytest.mark.parametrize(
    ("seen", "flags"),
    [(2500, ("too_little_applicable",)), (2600, ("too_little_applicable", "second_visit"))],
)
def test_too_much_unseen_asks_for_a_second_visit(seen, flags):
    rubric, answer = na_marks(seen, 10000 - seen)
    card = scored(rubric, unseen(answer.item))
    assert card.flags == flags


def test_what_is_not_answered_yet_loses_nothing_and_is_not_ranked():
    card = score(KC, Answers((loss("KC-M-01", count=1),)), KC.features())
    assert (card.total, card.flags, card.rankable) == (9900, ("unanswered",), False)
    assert item_of(card, "KC-E-01").status == "unanswered"


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
