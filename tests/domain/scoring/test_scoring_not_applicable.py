"""What does not apply or was not seen: what is left of a section, and when a card is not ranked.
Points are hundredths.
"""

import pytest

from inspection.domain.scoring.answers import Answers
from inspection.domain.scoring.scoring import score
from tests.domain.scoring.scored import item_of, replace, scored, section_of
from tests.domain.sheets import GOLDEN_REPLAY, KC, MINI, loss, not_applicable, sheet, unseen

# One N/A item of 2 marks and 3 lost, in the section of 21.
TWO_NA_THREE_LOST = sheet(KC, not_applicable("KC-F-02"), loss("KC-F-03", option="not_provided"))


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
