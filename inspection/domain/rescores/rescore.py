"""Judging visits by another version of their rubric: what changes, what cannot, and why not.

The facts stay those of the visit. Only the rules change, so nothing is asked of a visit that the
phone could not have known: evidence a later version wants is not missed here.
"""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

import msgspec

from inspection.domain.points import Hundredths, rounded
from inspection.domain.refusals import Fault
from inspection.domain.rubrics.rubric import Meas, Rubric
from inspection.domain.scoring import answer_checks
from inspection.domain.scoring.answers import Answer, Answers, EarlierFindings
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.scoring.scoring import inputs_digest, score
from inspection.domain.scoring.scoring_items import find

ABOUT_EVIDENCE = frozenset(
    {
        "answer.note_missing",
        "answer.record_missing",
        "answer.photo_missing",
        "answer.photo_or_record_missing",
    }
)
"""What a version may ask of a phone that fills it in, and of nobody afterwards."""


class Change(StrEnum):
    """What the other version makes of a card: another judgement, the same one, or none."""

    CHANGED = "changed"
    SAME = "same"
    STUCK = "stuck"


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a card follows from beside its rubric."""

    answers: Answers
    features: frozenset[str]
    earlier: EarlierFindings


class Misfit(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Why a card cannot be judged: the item and the code of what does not fit."""

    item: str
    code: str


NOTHING_SCORED = Misfit("", "rescore.nothing_scored")
"""Nothing of the card applies by the other version, which leaves no score to publish."""


class Rejudged(msgspec.Struct, frozen=True, kw_only=True):
    """A visit by the other version: its card and the answers that led to it, or the misfits."""

    card: Scorecard | None
    answers: Answers
    misfits: tuple[Misfit, ...] = ()


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Two judgements on one visit, as a summary counts them."""

    change: Change
    old: Hundredths | None
    new: Hundredths | None
    moved: bool
    """Whether outcome or band differ."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a version does to all cards. `mean` is the mean difference of those that change."""

    cards: int
    changed: int
    stuck: int
    moved: int
    mean: Hundredths | None


def features_then(first: Scorecard, by: Rubric, today: frozenset[str]) -> frozenset[str]:
    """The store's features as the visit's first card knew them, and today's where it did not ask.
    A store that was rebuilt since must not change what was found.
    """
    asked = {item.code: item.feature for item in by.items() if item.feature}
    switched_off = {
        asked[found.item]
        for found in first.items
        if found.status == "switched_off" and found.item in asked
    }
    return frozenset(asked.values()) - switched_off | (today - frozenset(asked.values()))


def rejudged(rubric: Rubric, facts: Facts) -> Rejudged:
    """The visit by this version. Answers it does not know, or lacks, leave it without a card."""
    answers = restated(rubric, facts.answers)
    misfits = _misfits(rubric, answers, facts.features)
    if misfits:
        return Rejudged(card=None, answers=answers, misfits=misfits)
    card = score(rubric, answers, facts.features, facts.earlier)
    if card.total is None:
        return Rejudged(card=None, answers=answers, misfits=(NOTHING_SCORED,))
    return Rejudged(card=card, answers=answers)


def restated(rubric: Rubric, answers: Answers) -> Answers:
    """The same findings; whether a measurement is a loss is for the version to say."""
    measured = {item.code: item for item in rubric.items() if isinstance(item.rule, Meas)}
    items = []
    for answer in answers.items:
        item = measured.get(answer.item)
        if item is None or answer.measured is None or answer.verdict not in {"pass", "loss"}:
            items.append(answer)
            continue
        items.append(_stated(answer, lost=find(item, answer).count > 0))
    return Answers(tuple(items), answers.bonuses)


def same_facts(rubric: Rubric, facts: Facts, card: Scorecard) -> bool:
    """Whether a card of this version would follow from these facts again. Not so, something else
    than the rules has changed since: an earlier round was locked or opened.
    """
    answers = restated(rubric, facts.answers)
    return inputs_digest(rubric, answers, facts.features, facts.earlier) == card.inputs_digest


def change_of(old: Scorecard, new: Scorecard | None) -> Change:
    """What became of the judgement; the version's name and the explanation do not count."""
    if new is None:
        return Change.STUCK
    return Change.SAME if _judgement(old) == _judgement(new) else Change.CHANGED


def summary(cards: Iterable[Compared]) -> Summary:
    """The counts over all cards."""
    found = tuple(cards)
    changed = [card for card in found if card.change is Change.CHANGED]
    differences = [
        card.new - card.old for card in changed if card.new is not None and card.old is not None
    ]
    return Summary(
        cards=len(found),
        changed=len(changed),
        stuck=sum(1 for card in found if card.change is Change.STUCK),
        moved=sum(1 for card in changed if card.moved),
        mean=_mean(differences),
    )


def digest_of(inputs: Iterable[tuple[str, int, str, str]]) -> str:
    """Names a dry run: which visits it saw, in which attempt, and both judgements on each."""
    lines = sorted(f"{visit} {attempt} {old} {new}\n" for visit, attempt, old, new in inputs)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _misfits(rubric: Rubric, answers: Answers, features: frozenset[str]) -> tuple[Misfit, ...]:
    faults = answer_checks.faults(rubric, answers, features)
    found = {_misfit(fault) for fault in faults if fault.code not in ABOUT_EVIDENCE}
    return tuple(sorted(found))


def _misfit(fault: Fault) -> Misfit:
    named = fault.facts.get("item", fault.facts.get("bonus", ""))
    return Misfit(str(named), fault.code)


def _stated(answer: Answer, *, lost: bool) -> Answer:
    if lost is (answer.verdict == "loss"):
        return answer
    if lost:
        return msgspec.structs.replace(answer, verdict="loss")
    return msgspec.structs.replace(answer, verdict="pass", corrected_on_spot=False)


def _judgement(card: Scorecard) -> tuple[object, ...]:
    return (
        card.full,
        card.lost,
        card.raw,
        card.bonus,
        card.total,
        card.ordering,
        card.outcome,
        card.band,
        card.rankable,
        card.critical_items,
        card.flags,
        card.sections,
        card.items,
    )


def _mean(differences: list[int]) -> Hundredths | None:
    if not differences:
        return None
    exact = Fraction(sum(differences), len(differences))
    # Half away from zero, so that a fall is rounded as a rise is.
    mean = rounded(abs(exact), "half_up")
    return mean if exact >= 0 else Hundredths(-mean)
