"""Losses become lines: what was wrong, what must be done, within how many hours."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from inspection.domain.deadline import HoursKind
from inspection.domain.points import Hundredths
from inspection.domain.rubrics.rubric import Item, Meas, Occ, Rubric, Sum, Tier
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import ItemScore, Scorecard
from inspection.domain.visits.published_visit import PublishedPhoto, PublishedVisit

HINT = "hint"
"""Severity of a line that costs nothing."""


class DraftLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line before sign-off. Its wording may still change; its item, points and photos may not.
    `others` are the further items of a merged line; `due_at` a deadline that runs already.
    """

    item: str
    section: str
    severity: str
    lost: Hundredths
    problem: str
    requirement: str
    responsible: str = ""
    hours: int
    hours_kind: HoursKind = "calendar"
    photos: tuple[PublishedPhoto, ...] = ()
    others: tuple[str, ...] = ()
    due_at: datetime | None = None


def lines(
    scorecard: Scorecard, rubric: Rubric, visit: PublishedVisit, language: str
) -> tuple[DraftLine, ...]:
    """One line per item that lost points or was remarked upon, in the order of the card."""
    found = {finding.item: finding for finding in visit.findings}
    drafted: list[DraftLine] = []
    for score, item in _scored(scorecard, rubric):
        finding = found.get(item.code)
        if not score.lost and not (finding and finding.problem):
            continue
        drafted.append(
            DraftLine(
                item=item.code,
                section=score.section,
                severity=severity(item, score),
                lost=score.lost,
                problem=finding.problem if finding and finding.problem else item.title.of(language),
                requirement=item.rectification.of(language),
                responsible=item.responsible.of(language) if item.responsible else "",
                hours=item.hours,
                photos=finding.photos if finding else (),
            )
        )
    return tuple(drafted)


def severity(item: Item, score: ItemScore) -> str:
    """How grave the line is. An item that may veto but did not is a major one."""
    if not score.lost:
        return HINT
    if score.critical:
        return "veto"
    return "major" if item.severity == "veto" else item.severity


def problem(
    item: Item, answer: Answer, language: str, words: Mapping[str, str], *, noted: bool = True
) -> str:
    """The fact in words: what the rule calls it, how often, and, unless it is for the store, what
    the inspector noted.
    """
    said = [text for text in _said(item, answer, language) if text]
    note = answer.note.strip() if noted else ""
    text = "；".join(said) if language.startswith("zh") else "; ".join(said)
    if isinstance(item.rule, Occ) and answer.count:
        bare = note or words["paper.finding.not_met"].format(
            standard=item.standard.of(language).rstrip("。.")
        )
        counted = words["paper.finding.counted"].format(
            text=bare.rstrip("。."), n=answer.count, unit=item.rule.unit.of(language)
        )
        return _joined([text, counted], language)
    return _joined([text, note], language) or item.title.of(language)


def _said(item: Item, answer: Answer, language: str) -> Iterator[str]:
    match item.rule:
        case Tier(options=options):
            yield from (o.text.of(language) for o in options if o.code == answer.option)
        case Sum(ticks=ticks):
            yield from (tick.text.of(language) for tick in ticks if tick.code in answer.ticks)
        case Occ(veto_option=veto) if veto is not None and answer.veto:
            yield veto.text.of(language)
        case Meas(unit=unit) if answer.measured is not None:
            yield f"{answer.measured} {unit.of(language)}"
        case _:
            return


def _joined(parts: list[str], language: str) -> str:
    stop = "。" if language.startswith("zh") else ". "
    said = [part.strip().rstrip("。.") for part in parts if part.strip()]
    return (stop.join(said) + stop).strip() if said else ""


def _scored(scorecard: Scorecard, rubric: Rubric) -> Iterator[tuple[ItemScore, Item]]:
    scores = {score.item: score for score in scorecard.items}
    for item in rubric.items():
        if item.code in scores:
            yield scores[item.code], item
