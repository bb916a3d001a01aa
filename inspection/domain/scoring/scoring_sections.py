"""Points one section keeps: its items' losses, its cap, what N/A items do to it. Exact."""

from fractions import Fraction

import msgspec

from inspection.domain.points import Exact, Hundredths, plain, rounded, shown
from inspection.domain.rubrics.rubric import Rubric, Section
from inspection.domain.scoring.scorecard import ItemStatus, SectionScore, Step
from inspection.domain.scoring.scoring_items import ItemResult

OUT_OF_THE_SUM: frozenset[ItemStatus] = frozenset({"switched_off", "na", "not_observed", "info"})


class SectionResult(msgspec.Struct, frozen=True, kw_only=True):
    """One section reckoned exactly. `base` is the marks its findings count against.

    `earned` is None when nothing in the section was applicable.
    """

    section: Section
    base: int
    found: Exact
    earned: Exact | None
    steps: tuple[Step, ...]

    def published(self, rubric: Rubric) -> SectionScore:
        """The section as printed: each number rounded on its own."""
        whole = self.base if rubric.na_method == "whole_card" else self.section.full
        earned = None if self.earned is None else rounded(self.earned, rubric.rounding)
        return SectionScore(
            section=self.section.code,
            full=self.section.full,
            applicable=Hundredths(self.base),
            found=rounded(self.found, rubric.rounding),
            lost=None if earned is None else Hundredths(whole - earned),
            earned=earned,
        )


def reckon(rubric: Rubric, section: Section, results: tuple[ItemResult, ...]) -> SectionResult:
    """Score one section from its items' results."""
    marks = sum([result.item.full for result in results if result.status not in OUT_OF_THE_SUM])
    # An over-allocated section has more marks on its items than it can lose.
    base = min(marks, section.full)
    summed = sum([result.lost for result in results if result.lost])
    found = min(summed, base)
    if base == 0:
        dropped = Step("section.dropped", section.code, {"full": plain(section.full)})
        return SectionResult(section=section, base=0, found=0, earned=None, steps=(dropped,))
    steps = _sum_steps(section, results, summed)
    if summed > base:
        steps.append(_step(section, "cap", found=summed, full=base))
    earned = _earned(rubric, section, base, found, steps)
    if culprit := _zeroed_by(results):
        steps.append(_step(section, "zeroed", item=culprit, before=earned))
        earned = 0
    return SectionResult(section=section, base=base, found=found, earned=earned, steps=tuple(steps))


def _earned(rubric: Rubric, section: Section, base: int, found: Exact, steps: list[Step]) -> Exact:
    full = section.full
    left = base - found
    if base == full:
        steps.append(_step(section, "earned", full=full, found=found, earned=left))
        return left
    earned = left
    if rubric.na_method == "scale_section":
        earned = Fraction(full * left, base)
    elif rubric.na_method == "full_credit":
        earned = full - found
    facts: dict[str, Exact] = {"full": full, "applicable": base, "found": found, "earned": earned}
    steps.append(_step(section, rubric.na_method, **facts))
    return earned


def _zeroed_by(results: tuple[ItemResult, ...]) -> str | None:
    for result in results:
        if result.critical and result.item.critical.effect == "section_zero":
            return result.item.code
    return None


def _sum_steps(section: Section, results: tuple[ItemResult, ...], summed: Exact) -> list[Step]:
    losses = [f"{result.item.code} {shown(result.lost)}" for result in results if result.lost]
    return [_step(section, "sum", parts=" + ".join(losses), found=summed)] if losses else []


def _step(section: Section, code: str, **facts: Exact | str) -> Step:
    return Step(
        f"section.{code}", section.code, {name: shown(fact) for name, fact in facts.items()}
    )
