"""What holds for every visit, whatever was found."""

from fractions import Fraction

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.points import rounded
from inspection.domain.rubrics.rubric import Critical
from inspection.domain.scoring.answer_checks import faults
from inspection.domain.scoring.answers import Answers
from inspection.domain.scoring.scoring import score
from tests.domain.random_visits import answer_to, visits
from tests.domain.sheets import passed

replace = msgspec.structs.replace


@given(visits())
def test_the_sheets_made_here_have_no_faults(visit):
    rubric, answers, features, _ = visit
    assert faults(rubric, answers, features) == ()


@given(visits())
def test_numbers_stay_within_nothing_and_full_marks(visit):
    rubric, answers, features, earlier = visit
    card = score(rubric, answers, features, earlier)
    for section in card.sections:
        assert section.earned is None or 0 <= section.earned <= section.full
    for item in card.items:
        assert 0 <= item.lost <= item.full
    if card.total is not None:
        assert 0 <= card.total <= card.full
        assert card.raw + card.lost == card.full


@given(visits(), st.randoms(use_true_random=False))
def test_the_order_of_answers_never_matters(visit, chance):
    rubric, answers, features, earlier = visit
    shuffled = list(answers.items)
    chance.shuffle(shuffled)
    turned = Answers(tuple(shuffled), answers.bonuses[::-1])
    assert score(rubric, turned, features, earlier) == score(rubric, answers, features, earlier)


@given(visits(), st.data())
def test_one_more_finding_never_raises_a_score(visit, data):
    rubric, answers, features, earlier = visit
    item = data.draw(st.sampled_from(list(rubric.items())))
    worse = data.draw(answer_to(item).filter(lambda answer: answer.verdict == "loss"))
    others = tuple(answer for answer in answers.items if answer.item != item.code)
    without = Answers((*others, passed(rubric, item.code)), answers.bonuses)
    with_it = Answers((*others, worse), answers.bonuses)
    before, after = (score(rubric, each, features, earlier) for each in (without, with_it))
    assert (after.total is None) == (before.total is None)
    assert after.total is None or after.total <= before.total


@given(visits())
def test_the_total_is_the_sum_of_its_exact_sections(visit):
    """Recomputed from the items alone, by the method of the shipped rubrics."""
    rubric, answers, features, earlier = visit
    card = score(rubric, answers, features, earlier)
    exact, full = Fraction(0), 0
    given_by = {answer.item: answer for answer in answers.items}
    for section in rubric.sections:
        marks = lost = Fraction(0)
        for item in section.items:
            answer = given_by[item.code]
            off = item.feature and item.feature not in features
            if off or answer.verdict in {"na", "not_observed"} or not item.full:
                continue
            marks += item.full
            lost += exact_loss(rubric, item, answer, earlier)
        if marks:
            exact += Fraction(section.full) * (marks - lost) / marks
            full += section.full
    if full:
        assert card.raw == rounded(Fraction(rubric.full) * exact / full, rubric.rounding)
    else:
        assert card.raw is None


def exact_loss(rubric, item, answer, earlier):
    """The rule of an item written the long way round."""
    rule = item.rule
    if answer.verdict == "pass":
        return Fraction(0)
    options = getattr(rule, "options", ()) or getattr(rule, "ticks", ())
    picked = [o for o in options if o.code == answer.option or o.code in answer.ticks]
    veto = [rule.veto_option] if answer.veto else []
    lost = sum(option.loss for option in [*picked, *veto])
    lost += (answer.count or 0) * getattr(rule, "each", 0)
    if answer.measured:
        minutes = Fraction(answer.measured)
        lost += max(band.loss for band in rule.bands if minutes * 100 > band.above)
    lost = Fraction(min(lost, item.full))
    if item.code in earlier.items:
        lost = min(lost * Fraction(rubric.repeat_factor, 100), Fraction(item.full))
    if answer.corrected_on_spot and not any(option.veto for option in [*picked, *veto]):
        lost -= lost * Fraction(rubric.spot_refund, 100)
    return lost


@given(visits(), st.sampled_from(["veto", "cap", "section_zero", "total_zero"]))
def test_a_critical_effect_never_raises_a_score(visit, effect):
    rubric, answers, features, earlier = visit
    harmless = with_effects(rubric, Critical("veto"))
    critical = with_effects(rubric, Critical(effect, 3000))
    before, after = (
        score(each, Answers(answers.items), features, earlier) for each in (harmless, critical)
    )
    assert before.total is None or after.total <= before.total


def with_effects(rubric, critical):
    """The rubric with the same effect on each of its critical items."""
    return replace(
        rubric,
        sections=tuple(
            replace(
                section,
                items=tuple(
                    replace(item, critical=critical) if item.severity == "veto" else item
                    for item in section.items
                ),
            )
            for section in rubric.sections
        ),
    )
