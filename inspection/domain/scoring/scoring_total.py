"""The card's total: sections, bonus, cap at full marks, critical effects, one rounding, grade."""

from fractions import Fraction

import msgspec

from inspection.domain.points import ZERO, Exact, Hundredths, rounded, shown
from inspection.domain.rubrics.rubric import Band, Effect, Rubric
from inspection.domain.scoring.scorecard import Outcome, Step
from inspection.domain.scoring.scoring_items import ItemResult
from inspection.domain.scoring.scoring_sections import SectionResult

PLACE = "total"


class TotalResult(msgspec.Struct, frozen=True, kw_only=True):
    """The published numbers of a card; all None when nothing on it was applicable."""

    raw: Hundredths | None = None
    bonus: Hundredths = ZERO
    total: Hundredths | None = None
    ordering: Hundredths | None = None
    outcome: Outcome = "none"
    band: str | None = None
    critical_items: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def reckon(
    rubric: Rubric,
    sections: tuple[SectionResult, ...],
    items: tuple[ItemResult, ...],
    claimed: tuple[str, ...],
) -> TotalResult:
    """Put the sections together. Raises ValueError for a bonus the rubric does not know."""
    critical = tuple(result for result in items if result.critical)
    steps: list[Step] = []
    raw = _sum(rubric, sections, steps)
    if raw is None:
        return TotalResult(steps=tuple(steps))
    bonus = _bonus(rubric, claimed, critical, steps)
    whole = min(raw + bonus, rubric.full)
    if raw + bonus > whole:
        steps.append(_step("cap_full", before=raw + bonus, full=rubric.full))
    kept = _effects(whole, critical, steps)
    total = rounded(kept, rubric.rounding)
    steps.append(_step("rounded", exact=kept, rounding=rubric.rounding, total=total))
    outcome = _outcome(rubric, total, critical, steps)
    return TotalResult(
        raw=rounded(raw, rubric.rounding),
        bonus=bonus,
        total=total,
        ordering=total if critical else rounded(raw + bonus, rubric.rounding),
        outcome=outcome,
        band=_band(rubric, total, outcome, steps),
        critical_items=tuple(result.item.code for result in critical),
        steps=tuple(steps),
    )


def _sum(rubric: Rubric, sections: tuple[SectionResult, ...], steps: list[Step]) -> Exact | None:
    scores = [(result, result.earned) for result in sections if result.earned is not None]
    if not scores:
        steps.append(Step("total.nothing", PLACE))
        return None
    whole_card = rubric.na_method == "whole_card"
    out_of = sum(result.base if whole_card else result.section.full for result, _ in scores)
    earned = sum(kept for _, kept in scores)
    parts = " + ".join(f"{result.section.code} {shown(kept)}" for result, kept in scores)
    steps.append(_step("sum", parts=parts, earned=earned))
    if out_of == rubric.full:
        return earned
    exact = Fraction(earned * rubric.full, out_of)
    code = "whole_card" if whole_card else "dropped"
    steps.append(_step(code, earned=earned, applicable=out_of, full=rubric.full, exact=exact))
    return exact


def _bonus(
    rubric: Rubric, claimed: tuple[str, ...], critical: tuple[ItemResult, ...], steps: list[Step]
) -> Hundredths:
    worth = {bonus.code: bonus.points for bonus in rubric.bonuses}
    if unknown := set(claimed) - set(worth):
        msg = f"no bonus {sorted(unknown)}"
        raise ValueError(msg)
    if not claimed:
        return ZERO
    together = sum(worth[code] for code in claimed)
    if critical:
        steps.append(_step("bonus_withheld", claimed=together))
        return ZERO
    added = Hundredths(min(together, rubric.bonus_cap))
    steps.append(_step("bonus", claimed=together, cap=rubric.bonus_cap, added=added))
    return added


def _effects(whole: Exact, critical: tuple[ItemResult, ...], steps: list[Step]) -> Exact:
    kept: Exact = whole
    for result in critical:
        effect, cap = result.item.critical.effect, result.item.critical.cap
        if effect == "cap" and kept > cap:
            steps.append(_step("capped", item=result.item.code, before=kept, cap=cap))
            kept = cap
        if effect == "total_zero":
            steps.append(_step("zeroed", item=result.item.code, before=kept))
            kept = 0
    return kept


def has_effect(critical: tuple[ItemResult, ...], effect: Effect) -> bool:
    """Whether some fired critical item has this effect."""
    return any(result.item.critical.effect == effect for result in critical)


def _outcome(
    rubric: Rubric, total: int, critical: tuple[ItemResult, ...], steps: list[Step]
) -> Outcome:
    if has_effect(critical, "veto"):
        culprits = [r.item.code for r in critical if r.item.critical.effect == "veto"]
        steps.append(_step("vetoed", items=" ".join(culprits)))
        return "vetoed"
    if rubric.pass_line is None:
        return "none"
    outcome: Outcome = "pass" if total >= rubric.pass_line else "fail"
    steps.append(_step(outcome, total=total, line=rubric.pass_line))
    return outcome


def _band(rubric: Rubric, total: int, outcome: Outcome, steps: list[Step]) -> str | None:
    if not rubric.bands:
        return None
    if outcome == "vetoed":
        lowest = min(rubric.bands, key=lambda band: band.floor)
        steps.append(_step("band_vetoed", band=lowest.code))
        return lowest.code
    band = band_of(rubric, total)
    steps.append(_step("band", band=band.code, floor=band.floor, ceiling=band.ceiling))
    return band.code


def band_of(rubric: Rubric, total: int) -> Band:
    """The grade of a rounded score: the highest band whose floor it reaches."""
    reached = [band for band in rubric.bands if total >= band.floor]
    return max(reached, key=lambda band: band.floor)


def _step(code: str, **facts: Exact | str) -> Step:
    return Step(f"total.{code}", PLACE, {name: shown(fact) for name, fact in facts.items()})
