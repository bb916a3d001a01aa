"""What a reviewer must know besides the numbers: too much N/A, too little seen, rounding."""

from inspection.domain.points import Hundredths, plain, rounded
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import Answers
from inspection.domain.scoring.scorecard import ItemStatus, Step
from inspection.domain.scoring.scoring_items import ItemResult
from inspection.domain.scoring.scoring_sections import SectionResult

UNRANKED = frozenset({"nothing_scored", "unanswered", "too_little_applicable"})
"""With one of these flags a card is shown but takes no place."""


def raised(
    rubric: Rubric,
    answers: Answers,
    items: tuple[ItemResult, ...],
    sections: tuple[SectionResult, ...],
    raw: Hundredths | None,
) -> tuple[Step, ...]:
    """Every flag of a card as a step. Shares are of the card's full marks."""
    applicable = sum(result.base for result in sections)
    na, unseen = _marks(items, "na"), _marks(items, "not_observed")
    found: list[Step] = []
    if not applicable:
        found.append(Step("flag.nothing_scored", "total"))
    if _exceeds(na, rubric.manual_na_review_share, rubric):
        found.append(_share("manual_na_review", na, rubric.manual_na_review_share, rubric))
    if _exceeds(rubric.full - applicable, 100 - rubric.min_applicable_share, rubric):
        share = rubric.min_applicable_share
        found.append(_share("too_little_applicable", applicable, share, rubric))
    if _exceeds(unseen, rubric.not_observed_share, rubric):
        found.append(_share("second_visit", unseen, rubric.not_observed_share, rubric))
    found += _listed("unanswered", [r.item.code for r in items if r.status == "unanswered"])
    found += _listed("switched_off_answered", _ignored(answers, items))
    found += _rounding_note(rubric, sections, raw)
    return tuple(found)


def code_of(flag: Step) -> str:
    """The flag's own name, as it stands in `Scorecard.flags`."""
    return flag.code.removeprefix("flag.")


def _rounding_note(
    rubric: Rubric, sections: tuple[SectionResult, ...], raw: Hundredths | None
) -> list[Step]:
    """A note when the printed sections of a whole card do not add up to its printed score."""
    earned = [section.earned for section in sections if section.earned is not None]
    if raw is None or len(earned) < len(sections) or rubric.na_method == "whole_card":
        return []
    together = sum(rounded(kept, rubric.rounding) for kept in earned)
    if together == raw:
        return []
    facts = {"sections": plain(together), "raw": plain(raw)}
    return [Step("flag.sections_rounded", "total", facts)]


def _exceeds(marks: int, share: int, rubric: Rubric) -> bool:
    return marks * 100 > share * rubric.full


def _marks(items: tuple[ItemResult, ...], status: ItemStatus) -> int:
    return sum(result.item.full for result in items if result.status == status)


def _ignored(answers: Answers, items: tuple[ItemResult, ...]) -> list[str]:
    answered = {answer.item for answer in answers.items}
    off = [result.item.code for result in items if result.status == "switched_off"]
    return [code for code in off if code in answered]


def _share(flag: str, marks: int, limit: int, rubric: Rubric) -> Step:
    facts = {"marks": plain(marks), "full": plain(rubric.full), "limit": str(limit)}
    return Step(f"flag.{flag}", "total", facts)


def _listed(flag: str, codes: list[str]) -> list[Step]:
    facts = {"items": " ".join(codes), "count": str(len(codes))}
    return [Step(f"flag.{flag}", "total", facts)] if codes else []
