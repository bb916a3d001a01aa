"""Correcting what was found: another fact about one item, from which the score follows anew."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec

from inspection.domain.plain_text import plain
from inspection.domain.points import plain as points
from inspection.domain.refusals import Fault, NotFound
from inspection.domain.refusals.corrections import (
    CorrectionReasonMissing,
    CorrectionRefused,
    NothingCorrected,
)
from inspection.domain.rescores.rescore import ABOUT_EVIDENCE, restated
from inspection.domain.rubrics.rubric import Meas, Rubric
from inspection.domain.scoring import answer_checks
from inspection.domain.scoring.answers import Answer, Answers

REASON = 500
"""Longest reason, in characters."""


class CorrectionSource(StrEnum):
    """What a correction came of: a review before the visit counts, or an appeal that was upheld."""

    REVIEW = "review"
    APPEAL = "appeal"


class ItemCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """What was found about one item, as it ought to read, and why."""

    answer: Answer
    reason: str


def amended(sent: tuple[Answer, ...], corrected: Mapping[str, Answer]) -> tuple[Answer, ...]:
    """The answers with the corrected ones in their places."""
    return tuple(corrected.get(answer.item, answer) for answer in sent)


def corrections(
    rubric: Rubric, known: Mapping[str, Answer], edits: tuple[ItemCorrection, ...]
) -> tuple[ItemCorrection, ...]:
    """The corrections as they are kept: each with its reason and with the evidence of the answer
    it replaces, those that change nothing left out. Refuses what does not fit the rubric.
    """
    made = tuple(_made(rubric, known, edit) for edit in edits)
    changing = tuple(edit for edit in made if edit.answer != known[edit.answer.item])
    if not changing:
        raise NothingCorrected
    if faults := tuple(_faults(rubric, changing)):
        raise CorrectionRefused(faults=faults)
    return changing


def without_loss(rubric: Rubric, item: str) -> Answer:
    """The answer about an item that costs nothing. Raises NotFound for an item nobody knows."""
    known = rubric.item(item)
    if known is None:
        raise NotFound(noun="item")
    if isinstance(known.rule, Meas):
        # No band begins below what can be measured at all: rubric_item_checks sees to it.
        return Answer(item=item, verdict="pass", measured=points(known.rule.least))
    return Answer(item=item, verdict="pass")


def _made(rubric: Rubric, known: Mapping[str, Answer], edit: ItemCorrection) -> ItemCorrection:
    old = known.get(edit.answer.item)
    if old is None or rubric.item(edit.answer.item) is None:
        raise NotFound(noun="item")
    reason = plain(edit.reason, "reason", REASON)
    if not reason:
        raise CorrectionReasonMissing(item=edit.answer.item)
    answer = msgspec.structs.replace(
        edit.answer,
        photos=old.photos,
        observed_at=old.observed_at,
        note=plain(edit.answer.note, "note", answer_checks.LONGEST_NOTE),
        reason=_why(edit.answer, reason),
    )
    return ItemCorrection(answer=_stated(rubric, answer), reason=reason)


def _why(answer: Answer, reason: str) -> str:
    """Why an item is left out: said of the answer, or else of its correction."""
    if answer.verdict in {"na", "not_observed"} and not answer.reason.strip():
        return reason
    return plain(answer.reason, "reason", REASON)


def _stated(rubric: Rubric, answer: Answer) -> Answer:
    """Whether a measurement is a loss follows from it, once it can be read at all."""
    if any(fault.code != _CONTRADICTS for fault in _faults_of(rubric, answer)):
        return answer
    (stated,) = restated(rubric, Answers((answer,))).items
    return stated


def _faults(rubric: Rubric, edits: tuple[ItemCorrection, ...]) -> Iterator[Fault]:
    for edit in edits:
        yield from _faults_of(rubric, edit.answer)


def _faults_of(rubric: Rubric, answer: Answer) -> Iterator[Fault]:
    """What of one answer does not fit; what a phone would have to prove is not asked for."""
    for fault in answer_checks.faults(rubric, Answers((answer,)), rubric.features()):
        if fault.code not in ABOUT_EVIDENCE and fault.code != "answer.unanswered":
            yield fault


_CONTRADICTS = "answer.verdict_contradicts_measured"
