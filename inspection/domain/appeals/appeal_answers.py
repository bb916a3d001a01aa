"""What a loss could be instead: every answer of the item's own kind that costs less and something.

Facts in, judgement out: an appeal that is upheld in part changes what was found, never points.
"""

from collections.abc import Iterator

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.refusals.appeals import AppealPartUnfit
from inspection.domain.rubrics.rubric import Item, Meas, Occ, Sum, Text, Tier
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scoring_items import find

MOST_COUNTS = 20
"""Counts offered to choose from; nobody chooses among more."""

VALUE = 40


class Lesser(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to choose: how a form names it, what it is called, what the rule makes of it."""

    value: str
    text: Text
    lost: Hundredths
    answer: Answer


def lesser_answers(item: Item, answer: Answer) -> tuple[Lesser, ...]:
    """The answers with a smaller loss than this one, dearest first. A measurement is typed, not
    chosen: it has none.
    """
    if answer.verdict != "loss":
        return ()
    now = _lost(item, answer)
    found = {each.value: each for each in _others(item, answer) if 0 < each.lost < now}
    return tuple(sorted(found.values(), key=lambda each: (-each.lost, each.value)))


def lesser(item: Item, answer: Answer, value: str) -> Answer:
    """The answer that was chosen, or measured. Raises AppealPartUnfit for one that does not cost
    less, or costs nothing: that is upholding the whole.
    """
    if isinstance(item.rule, Meas):
        return _measured(item, answer, value)
    for each in lesser_answers(item, answer):
        if each.value == value:
            return each.answer
    raise AppealPartUnfit


def _measured(item: Item, answer: Answer, value: str) -> Answer:
    other = msgspec.structs.replace(answer, measured=value.strip()[:VALUE])
    try:
        lost = _lost(item, other)
    except ValueError:
        raise AppealPartUnfit from None
    if not 0 < lost < _lost(item, answer):
        raise AppealPartUnfit
    return other


def _others(item: Item, answer: Answer) -> Iterator[Lesser]:
    match item.rule:
        case Tier(options=options):
            for option in options:
                yield _other(item, option.code, option.text, answer, option=option.code)
        case Occ() as rule:
            yield from _counts(item, rule, answer)
        case Sum(ticks=ticks):
            for tick in ticks:
                if tick.code in answer.ticks:
                    yield from _without(item, tick.code, answer)
        case _:
            return


def _counts(item: Item, rule: Occ, answer: Answer) -> Iterator[Lesser]:
    most = answer.count or 0
    for count in range(1, min(most, MOST_COUNTS) + 1):
        text = Text(f"{count} {rule.unit.zh}", f"{count} {rule.unit.en}")
        yield _other(item, str(count), text, answer, count=count, veto=False)


def _without(item: Item, code: str, answer: Answer) -> Iterator[Lesser]:
    """Without one tick, and with that tick alone."""
    names = {tick.code: tick.text for tick in item.rule.ticks} if isinstance(item.rule, Sum) else {}
    for kept in (tuple(each for each in answer.ticks if each != code), (code,)):
        if kept:
            zh = "、".join(names[each].zh for each in kept)
            en = ", ".join(names[each].en for each in kept)
            yield _other(item, "+".join(kept), Text(zh, en), answer, ticks=kept)


def _other(item: Item, value: str, text: Text, answer: Answer, **changed: object) -> Lesser:
    other = msgspec.structs.replace(answer, **changed)
    return Lesser(value=value, text=text, lost=_lost(item, other), answer=other)


def _lost(item: Item, answer: Answer) -> Hundredths:
    """What the rule and its floor make of an answer, before anything the whole card does."""
    return Hundredths(min(find(item, answer).lost, item.full))
