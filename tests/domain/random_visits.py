"""Any visit to any store by any rubric of ours, for property tests."""

from hypothesis import strategies as st

from inspection.domain.points import plain
from inspection.domain.rubrics.rubric import Info, Meas, Occ, Sum, Tier
from inspection.domain.scoring.answers import Answer, Answers, EarlierFindings
from inspection.domain.scoring.scoring_items import find
from tests.domain.sheets import KC, KH, MINI, passed
from tests.domain.sheets import unseen as not_observed

RUBRICS = st.sampled_from([KC, KH, MINI])


@st.composite
def answer_to(draw, item):
    """Any answer that fits an item, with all its evidence."""
    verdicts = ["pass", "loss", "not_observed", *(["na"] if item.na == "allowed" else [])]
    if isinstance(item.rule, Info):
        verdicts.remove("loss")
    verdict = draw(st.sampled_from(verdicts))
    evidence = {"note": "所见", "reason": "原因", "photos": ("b" * 64,)}
    if verdict in {"na", "not_observed"}:
        return Answer(item=item.code, verdict=verdict, **evidence)
    if isinstance(item.rule, Meas):
        measured = plain(draw(st.integers(item.rule.least, item.rule.most)))
        loss = Answer(item=item.code, verdict="loss", measured=measured, **evidence)
        verdict = "loss" if find(item, loss).count else "pass"
        return Answer(item=item.code, verdict=verdict, measured=measured, **evidence)
    finding = draw(finding_of(item.rule)) if verdict == "loss" else {}
    corrected = verdict == "loss" and draw(st.booleans())
    return Answer(
        item=item.code, verdict=verdict, corrected_on_spot=corrected, **evidence, **finding
    )


def finding_of(rule):
    """Any finding the rule knows."""
    match rule:
        case Tier(options):
            return st.sampled_from(options).map(lambda option: {"option": option.code})
        case Sum(ticks):
            codes = st.lists(
                st.sampled_from([tick.code for tick in ticks]), min_size=1, unique=True
            )
            return codes.map(lambda ticked: {"ticks": tuple(ticked)})
        case Occ(_, _, veto_option):
            veto = st.booleans() if veto_option else st.just(value=False)
            return st.builds(
                lambda count, ticked: {"count": count, "veto": ticked}, st.integers(1, 9), veto
            )


def _answer(rubric, item, named, unseen):
    """Anything for the items named, nothing observed in one section, the rest passed."""
    if item.code in named:
        return answer_to(item)
    if unseen and item.code.startswith(unseen):
        return st.just(not_observed(item.code))
    return st.just(passed(rubric, item.code))


@st.composite
def visits(draw):
    """A rubric, a whole sheet of answers, store features and earlier findings."""
    rubric = draw(RUBRICS)
    codes = st.sampled_from([item.code for item in rubric.items()])
    named = draw(st.sets(codes, max_size=8))
    unseen = draw(st.sampled_from(["", *(section.code for section in rubric.sections)]))
    answers = tuple(draw(_answer(rubric, item, named, unseen)) for item in rubric.items())
    bonuses = draw(st.sets(st.sampled_from([b.code for b in MINI.bonuses])))
    features = draw(st.sets(st.sampled_from(sorted(rubric.features()))))
    earlier = draw(st.sets(codes, max_size=8))
    claimed = tuple(sorted(bonuses)) if rubric is MINI else ()
    return (
        rubric,
        Answers(answers, claimed),
        frozenset(features),
        EarlierFindings("2026-Q3", tuple(sorted(earlier))),
    )
