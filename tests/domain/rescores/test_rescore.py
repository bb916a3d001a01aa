"""Judging a visit by another version: what holds for every visit, and cards reckoned by hand."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.points import ZERO
from inspection.domain.rankings.ranking import places
from inspection.domain.rankings.standing import PublishedResult, rank_key
from inspection.domain.refusals import MoveRefused, RescoreReasonMissing
from inspection.domain.rescores.rescore import (
    NOTHING_SCORED,
    Change,
    Compared,
    Facts,
    Misfit,
    change_of,
    digest_of,
    features_then,
    rejudged,
    restated,
    same_facts,
    summary,
)
from inspection.domain.rescores.rescore_run import (
    MOVES,
    RescoreState,
    can,
    checked_reason,
    moved,
    places_of,
    too_old,
)
from inspection.domain.rubrics.rubric import Info, Occ, Tier
from inspection.domain.scoring.answers import NOTHING_EARLIER, Answers
from inspection.domain.scoring.scoring import score
from tests.domain.random_visits import visits
from tests.domain.sheets import (
    GOLDEN_REPLAY,
    KC,
    MINI,
    loss,
    not_applicable,
    passed,
    sheet,
    unseen,
)

replace = msgspec.structs.replace


def rewritten(rubric, change, *codes):
    """The rubric with some items changed; all of them when none is named."""
    return replace(
        rubric,
        edition="next",
        sections=tuple(
            replace(
                section,
                items=tuple(
                    change(item) if not codes or item.code in codes else item
                    for item in section.items
                ),
            )
            for section in rubric.sections
        ),
    )


def dearer(item):
    """Occurrences cost twice as much, up to the item's marks."""
    if not isinstance(item.rule, Occ):
        return item
    return replace(item, rule=replace(item.rule, each=min(item.full, item.rule.each * 2)))


def by(rubric, answers, features=None, earlier=NOTHING_EARLIER):
    """The visit by a version."""
    facts = Facts(
        answers=answers,
        features=rubric.features() if features is None else features,
        earlier=earlier,
    )
    return rejudged(rubric, facts)


def misfits(rubric, answers, features=None):
    return [(each.item, each.code) for each in by(rubric, answers, features).misfits]


@given(visits())
def test_the_same_version_changes_nothing(visit):
    rubric, answers, features, earlier = visit
    card = score(rubric, answers, features, earlier)
    again = by(rubric, answers, features, earlier)
    if card.total is None:
        assert (again.card, again.misfits) == (None, (NOTHING_SCORED,))
        return
    assert again.card == card
    assert change_of(card, again.card) is Change.SAME
    facts = Facts(answers=answers, features=features, earlier=earlier)
    assert same_facts(rubric, facts, card)


@given(visits())
def test_there_and_back_is_where_it_began(visit):
    rubric, answers, features, earlier = visit
    first = score(rubric, answers, features, earlier)
    there = by(rewritten(rubric, dearer), answers, features, earlier)
    assert (there.card is None) == (first.total is None)
    if there.card is not None:
        assert there.card.total <= first.total
        assert by(rubric, answers, features, earlier).card == first


@given(visits())
def test_only_what_applies_is_judged(visit):
    rubric, answers, features, earlier = visit
    first = score(rubric, answers, features, earlier)
    today = frozenset[str]()
    then = features_then(first, rubric, today)
    assert then == features & rubric.features()
    judged = by(rewritten(rubric, dearer), answers, then, earlier)
    for item in judged.card.items if judged.card else ():
        assert (item.status == "switched_off") == (
            rubric.item(item.item).feature not in {"", *features}
        )
        assert item.status == "scored" or not item.lost


RESULT = PublishedResult(
    total=ZERO,
    ordering=ZERO,
    lost=ZERO,
    full=ZERO,
    vetoed=False,
    rankable=True,
    major_losses=0,
    sections=(),
)

RESULTS = st.builds(
    lambda total, vetoed, rankable: replace(
        RESULT, total=total, ordering=total, vetoed=vetoed, rankable=rankable
    ),
    st.integers(0, 10_000),
    st.booleans(),
    st.booleans(),
)


@given(
    st.dictionaries(st.text("abcdef", min_size=1), st.lists(RESULTS, max_size=3)),
    st.integers(1, 2),
)
def test_places_are_those_of_a_ranking_from_scratch(published, min_visits):
    keys = {}
    for store, results in published.items():
        counted = [result for result in results if result.rankable]
        if len(counted) >= min_visits:
            total, n = sum(result.total for result in counted), len(counted)
            mean = (2 * total + n) // (2 * n)
            keys[store] = rank_key(mean, vetoed=any(result.vetoed for result in counted))
    place = places(keys.values())
    assert places_of(published, min_visits) == {store: place[key] for store, key in keys.items()}
    assert places_of(published, min_visits, pilot=True) == {}


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


def test_other_facts_are_noticed():
    facts = Facts(answers=sheet(KC), features=KC.features(), earlier=NOTHING_EARLIER)
    card = score(KC, sheet(KC), frozenset(), NOTHING_EARLIER)
    assert not same_facts(KC, facts, card)


def compared(change, old, new, *, moves=False):
    return Compared(change=change, old=old, new=new, moved=moves)


def test_the_summary_counts_and_averages_what_changes():
    cards = [
        compared(Change.CHANGED, 9800, 9700, moves=True),
        compared(Change.CHANGED, 9000, 8985),
        compared(Change.CHANGED, None, 9000),
        compared(Change.SAME, 9000, 9000),
        compared(Change.STUCK, 9000, None),
    ]
    found = summary(cards)
    assert (found.cards, found.changed, found.stuck, found.moved) == (5, 3, 1, 1)
    # Half a hundredth goes away from nothing, up as well as down: −57.5 is −58.
    assert found.mean == -58
    assert summary([compared(Change.CHANGED, 8985, 9000)]).mean == 15
    assert summary([]).mean is None


def test_a_dry_run_is_named_by_what_it_saw_in_any_order():
    first, second = ("a", 1, "x", "y"), ("b", 1, "x", "")
    assert digest_of([first, second]) == digest_of([second, first])
    assert digest_of([first]) != digest_of([("a", 2, "x", "y")])


@pytest.mark.parametrize("state", RescoreState)
def test_a_rescore_moves_by_the_table(state):
    for move in ("show", "confirm", "write", "finish", "stop", "cancel"):
        if (state, move) in MOVES:
            assert can(state, move)
            assert moved(state, move) is MOVES[state, move]
        else:
            assert not can(state, move)
            with pytest.raises(MoveRefused):
                moved(state, move)


def test_a_reason_is_one_line_that_says_something():
    assert checked_reason("  按\n通知 ") == "按 通知"
    with pytest.raises(RescoreReasonMissing):
        checked_reason(" \t")


def test_a_dry_run_is_fresh_for_a_week():
    shown = datetime(2026, 11, 18, tzinfo=UTC)
    assert not too_old(shown, shown + timedelta(days=7))
    assert too_old(shown, shown + timedelta(days=7, seconds=1))
