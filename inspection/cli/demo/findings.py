"""Plausible answers: a poor store loses more; what was wrong last time is often still wrong."""

from random import Random

import msgspec

from inspection.cli.demo.words import notes
from inspection.domain.rubrics.rubric import Item, Meas, Occ, Option, Rubric, Sum, Tier
from inspection.domain.scoring.answers import Answer, Answers

BASE_LOSS = 0.19
STILL_WRONG = 0.36
VETO_RARITY = 0.04
NOT_OBSERVED = 0.006
RECORDED_INSTEAD = "现场不便拍照，已书面记录。"
UNSEEN_REASON = "到店期间未遇到该情形。"

# The visit of the year-end 2010 scorecard: 89.5 = 20/19.5/13/2/10/10/15.
SHOWCASE: dict[str, str | int] = {
    "KC-V-06": 1,
    "KC-F-01": 3,
    "KC-F-02": 2,
    "KC-F-03": 2,
    "KC-M-01": 1,
    "KC-M-02": 1,
}


def findings(
    random: Random,
    rubric: Rubric,
    features: frozenset[str],
    quality: float,
    earlier: frozenset[str],
) -> Answers:
    """Answers for every applicable item."""
    return Answers(
        items=tuple(
            _answer(random, item, _chance(item, quality, earlier))
            for item in rubric.items()
            if not item.feature or item.feature in features
        )
    )


def showcase(rubric: Rubric) -> Answers:
    """The findings whose score is 89.5."""
    found = []
    for item in rubric.items():
        pick = SHOWCASE.get(item.code)
        if pick is None:
            found.append(Answer(item=item.code, verdict="pass"))
        elif isinstance(item.rule, Tier):
            option = item.rule.options[int(pick) - 1]
            found.append(_lost(item, option=option.code))
        else:
            found.append(_lost(item, count=int(pick)))
    return Answers(items=tuple(found))


def _chance(item: Item, quality: float, earlier: frozenset[str]) -> float:
    chance = BASE_LOSS * (1.25 - quality) * 1.6
    if item.severity == "veto":
        chance *= VETO_RARITY
    return max(chance, STILL_WRONG) if item.code in earlier else chance


def _answer(random: Random, item: Item, chance: float) -> Answer:
    if random.random() < chance:
        return _with_loss(random, item)
    if item.evidence == "record" and random.random() < NOT_OBSERVED:
        return Answer(item=item.code, verdict="not_observed", reason=UNSEEN_REASON)
    return Answer(item=item.code, verdict="pass")


def _with_loss(random: Random, item: Item) -> Answer:
    rule = item.rule
    if isinstance(rule, Tier):
        return _lost(item, option=_mild_first(random, rule.options).code)
    if isinstance(rule, Sum):
        return _lost(item, ticks=(random.choice(rule.ticks).code,))
    if isinstance(rule, Occ):
        most = max(1, item.full // rule.each)
        return _lost(item, count=min(most, 1 + (random.random() < 0.3)))
    if isinstance(rule, Meas):
        return _lost(item, measured=str(rule.bands[0].above // 100 + 1))
    return Answer(item=item.code, verdict="pass")


def _mild_first(random: Random, options: tuple[Option, ...]) -> Option:
    mildest, *worse = sorted(options, key=lambda option: option.loss)
    return mildest if not worse or random.random() < 0.65 else random.choice(worse)


def _lost(
    item: Item,
    *,
    option: str | None = None,
    count: int | None = None,
    ticks: tuple[str, ...] = (),
    measured: str | None = None,
) -> Answer:
    answer = Answer(
        item=item.code,
        verdict="loss",
        option=option,
        count=count,
        ticks=ticks,
        measured=measured,
        note=notes().notes.get(item.code, ""),
    )
    if item.evidence != "photo":
        return answer
    return msgspec.structs.replace(answer, reason=RECORDED_INSTEAD)


def with_photo(answer: Answer, sha256: str) -> Answer:
    """The same finding with a photo in place of the written record."""
    return msgspec.structs.replace(answer, photos=(sha256,), reason="")
