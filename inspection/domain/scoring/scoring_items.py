"""Points one item loses: rule, floor, repeat factor, floor again, refund. Exact, unrounded."""

from fractions import Fraction
from functools import lru_cache

import msgspec

from inspection.domain.points import Exact, parse, shown
from inspection.domain.rubrics.rubric import Info, Item, Meas, Occ, Option, Rubric, Sum, Tier
from inspection.domain.scoring.answers import Answer, EarlierFindings
from inspection.domain.scoring.scorecard import ItemStatus, Step

NO_LOSS: dict[ItemStatus, str] = {
    "switched_off": "item.switched_off",
    "na": "item.na",
    "not_observed": "item.not_observed",
    "info": "item.info",
    "unanswered": "item.unanswered",
}


class ItemResult(msgspec.Struct, frozen=True, kw_only=True):
    """One item reckoned exactly: `lost` includes `extra` and is already less `refund`."""

    item: Item
    status: ItemStatus
    lost: Exact = 0
    extra: Exact = 0
    refund: Exact = 0
    count: int = 0
    critical: bool = False
    steps: tuple[Step, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """What the rule alone makes of a finding, before any floor."""

    lost: int
    count: int
    veto: bool
    steps: tuple[Step, ...]


NOTHING_FOUND = Found(0, 0, veto=False, steps=())


def status_of(item: Item, answer: Answer | None, features: frozenset[str]) -> ItemStatus:
    """Whether an item is scored and if not why. Store features decide before the inspector."""
    if item.feature and item.feature not in features:
        return "switched_off"
    if answer is None:
        return "unanswered"
    if answer.verdict == "na" or answer.verdict == "not_observed":
        return answer.verdict
    return "info" if isinstance(item.rule, Info) else "scored"


def reckon(
    rubric: Rubric,
    item: Item,
    answer: Answer | None,
    features: frozenset[str],
    earlier: EarlierFindings,
) -> ItemResult:
    """Score one item. The answer must have passed `answer_checks`; otherwise ValueError."""
    status = status_of(item, answer, features)
    if status != "scored" or answer is None or answer.verdict == "pass":
        return _nothing_lost(item, status)
    return _lost(rubric, item, answer, earlier)


# Most items of most visits end here, and always the same.
@lru_cache(maxsize=4096)
def _nothing_lost(item: Item, status: ItemStatus) -> ItemResult:
    if status == "scored":
        # Most items pass: a step that says so would be most of a stored card.
        return ItemResult(item=item, status=status)
    facts = {"feature": item.feature} if status == "switched_off" else {}
    return ItemResult(item=item, status=status, steps=(Step(NO_LOSS[status], item.code, facts),))


def _lost(rubric: Rubric, item: Item, answer: Answer, earlier: EarlierFindings) -> ItemResult:
    found = find(item, answer)
    steps = [*found.steps]
    floored = min(found.lost, item.full)
    if found.lost > item.full:
        steps.append(_step(item, "floor", found=found.lost, full=item.full))
    repeated = _repeat(rubric, item, floored, earlier, steps)
    refund = _refund(rubric, item, answer, found, repeated, steps)
    steps.append(_step(item, "lost", lost=repeated - refund, full=item.full))
    return ItemResult(
        item=item,
        status="scored",
        lost=repeated - refund,
        extra=repeated - floored,
        refund=refund,
        count=found.count,
        critical=found.veto,
        steps=tuple(steps),
    )


def find(item: Item, answer: Answer) -> Found:
    """Apply the rule to a finding. Raises ValueError for a finding the rule does not know."""
    match item.rule:
        case Tier(options):
            return _tier(item, options, answer)
        case Occ() as rule:
            return _occ(item, rule, answer)
        case Sum(ticks):
            return _sum(item, ticks, answer)
        case Meas() as rule:
            return _meas(item, rule, answer)
        case _:
            return NOTHING_FOUND


def _tier(item: Item, options: tuple[Option, ...], answer: Answer) -> Found:
    option = pick(options, answer.option)
    step = _step(item, "tier", option=option.code, loss=option.loss)
    return Found(option.loss, 1, option.veto, (step,))


def _occ(item: Item, rule: Occ, answer: Answer) -> Found:
    count = answer.count or 0
    lost = count * rule.each
    steps = [_step(item, "occ", count=str(count), each=rule.each, found=lost)] if count else []
    if not answer.veto:
        return Found(lost, count, veto=False, steps=tuple(steps))
    if rule.veto_option is None:
        msg = f"{item.code} has no veto option"
        raise ValueError(msg)
    option = rule.veto_option
    steps.append(_step(item, "veto_option", option=option.code, loss=option.loss))
    return Found(lost + option.loss, count + 1, option.veto, tuple(steps))


def _sum(item: Item, ticks: tuple[Option, ...], answer: Answer) -> Found:
    ticked = [pick(ticks, code) for code in answer.ticks]
    lost = sum(tick.loss for tick in ticked)
    step = _step(item, "sum", ticks=" ".join(answer.ticks), found=lost)
    return Found(lost, len(ticked), any(tick.veto for tick in ticked), (step,))


def _meas(item: Item, rule: Meas, answer: Answer) -> Found:
    measured = parse(answer.measured or "")
    passed = [band for band in rule.bands if measured > band.above]
    if not passed:
        return NOTHING_FOUND
    band = max(passed, key=lambda band: band.above)
    step = _step(item, "meas", measured=measured, above=band.above, loss=band.loss)
    return Found(band.loss, 1, band.veto, (step,))


def pick(options: tuple[Option, ...], code: str | None) -> Option:
    """The option of that code. Raises ValueError when there is none."""
    for option in options:
        if option.code == code:
            return option
    msg = f"no option {code!r}"
    raise ValueError(msg)


def _repeat(
    rubric: Rubric, item: Item, lost: int, earlier: EarlierFindings, steps: list[Step]
) -> Exact:
    if not lost or rubric.repeat_factor == 100 or item.code not in earlier.items:
        return lost
    repeated = min(Fraction(lost * rubric.repeat_factor, 100), Fraction(item.full))
    factor = rubric.repeat_factor
    steps.append(
        _step(item, "repeat", round=earlier.round, factor=factor, before=lost, lost=repeated)
    )
    return repeated


def _refund(
    rubric: Rubric, item: Item, answer: Answer, found: Found, lost: Exact, steps: list[Step]
) -> Exact:
    if not answer.corrected_on_spot or not rubric.spot_refund or found.veto or not lost:
        return 0
    refund = Fraction(lost * rubric.spot_refund, 100)
    steps.append(_step(item, "refund", share=rubric.spot_refund, refund=refund))
    return refund


def _step(item: Item, code: str, **facts: Exact | str) -> Step:
    return Step(f"item.{code}", item.code, {name: shown(fact) for name, fact in facts.items()})
