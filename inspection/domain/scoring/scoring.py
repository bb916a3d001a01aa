"""Judgement on one visit: pure in rubric version, answers, store features and earlier findings.

The order of evaluation is fixed: features switch items off; items lose marks (floor, repeat
factor, floor); sections add up (cap, N/A); the total follows with bonus and critical effects,
and is rounded once.
"""

import hashlib
from functools import lru_cache
from operator import attrgetter

import msgspec

from inspection.domain.points import ZERO, Hundredths, rounded
from inspection.domain.rubrics.rubric import Item, Rubric
from inspection.domain.rubrics.rubric_digest import digest
from inspection.domain.scoring.answers import NOTHING_EARLIER, Answers, EarlierFindings
from inspection.domain.scoring.scorecard import ItemScore, ItemStatus, Scorecard, Step
from inspection.domain.scoring.scoring_flags import UNRANKED, code_of, raised
from inspection.domain.scoring.scoring_items import ItemResult
from inspection.domain.scoring.scoring_items import reckon as reckon_item
from inspection.domain.scoring.scoring_sections import SectionResult
from inspection.domain.scoring.scoring_sections import reckon as reckon_section
from inspection.domain.scoring.scoring_total import TotalResult
from inspection.domain.scoring.scoring_total import reckon as reckon_total

_ENCODER = msgspec.json.Encoder(order="deterministic")


def score(
    rubric: Rubric,
    answers: Answers,
    features: frozenset[str],
    earlier: EarlierFindings = NOTHING_EARLIER,
) -> Scorecard:
    """Score one visit. Items not answered yet lose nothing and leave the card unrankable.

    The answers must have passed `answer_checks.faults`: a finding the rubric does not know
    raises ValueError.
    """
    by_item = {answer.item: answer for answer in answers.items}
    items: list[ItemResult] = []
    sections: list[SectionResult] = []
    for section in rubric.sections:
        results = tuple(
            [
                reckon_item(rubric, item, by_item.get(item.code), features, earlier)
                for item in section.items
            ]
        )
        items += results
        sections.append(reckon_section(rubric, section, results))
    found, kept = tuple(items), tuple(sections)
    total = reckon_total(rubric, kept, found, answers.bonuses)
    flags = raised(rubric, answers, found, kept, total.raw)
    inputs = inputs_digest(rubric, answers, features, earlier)
    return _card(rubric, found, kept, total, flags, inputs)


def inputs_digest(
    rubric: Rubric, answers: Answers, features: frozenset[str], earlier: EarlierFindings
) -> str:
    """SHA-256 of everything a card depends on; the order things were found in does not matter."""
    facts = {
        "rubric": digest(rubric),
        "answers": sorted(answers.items, key=attrgetter("item")),
        "bonuses": sorted(answers.bonuses),
        "features": sorted(features & rubric.features()),
        "earlier": [earlier.round, *sorted(earlier.items)],
    }
    return hashlib.sha256(_ENCODER.encode(facts)).hexdigest()


def _card(
    rubric: Rubric,
    items: tuple[ItemResult, ...],
    sections: tuple[SectionResult, ...],
    total: TotalResult,
    flags: tuple[Step, ...],
    inputs: str,
) -> Scorecard:
    codes = tuple(code_of(flag) for flag in flags)
    return Scorecard(
        rubric_code=rubric.code,
        rubric_digest=digest(rubric),
        inputs_digest=inputs,
        full=rubric.full,
        lost=None if total.raw is None else Hundredths(rubric.full - total.raw),
        raw=total.raw,
        bonus=total.bonus,
        total=total.total,
        ordering=total.ordering,
        outcome=total.outcome,
        band=total.band,
        rankable=UNRANKED.isdisjoint(codes),
        major_losses=sum(1 for r in items if r.lost and r.item.severity != "general"),
        critical_items=total.critical_items,
        flags=codes,
        sections=tuple(section.published(rubric) for section in sections),
        items=_item_scores(rubric, sections, items),
        steps=_steps((*items, *sections, total), flags),
    )


def _steps(
    results: tuple[ItemResult | SectionResult | TotalResult, ...], flags: tuple[Step, ...]
) -> tuple[Step, ...]:
    return (*(step for result in results for step in result.steps), *flags)


def _item_scores(
    rubric: Rubric, sections: tuple[SectionResult, ...], items: tuple[ItemResult, ...]
) -> tuple[ItemScore, ...]:
    homes = {item.code: result.section.code for result in sections for item in result.section.items}
    return tuple([_item_score(rubric, homes[result.item.code], result) for result in items])


def _item_score(rubric: Rubric, section: str, result: ItemResult) -> ItemScore:
    if not (result.lost or result.count or result.extra or result.refund or result.critical):
        return _whole(result.item, section, result.status)
    return ItemScore(
        item=result.item.code,
        section=section,
        status=result.status,
        full=result.item.full,
        lost=rounded(result.lost, rubric.rounding),
        count=result.count,
        repeat_extra=rounded(result.extra, rubric.rounding),
        refund=rounded(result.refund, rubric.rounding),
        critical=result.critical,
    )


@lru_cache(maxsize=4096)
def _whole(item: Item, section: str, status: ItemStatus) -> ItemScore:
    return ItemScore(item=item.code, section=section, status=status, full=item.full, lost=ZERO)
