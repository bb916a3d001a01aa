"""A store's published result in a round: the mean of its visits, its place key, its tie order."""

from typing import Literal

import msgspec

from inspection.domain.points import ZERO, Hundredths

WhyUnranked = Literal["", "few_visits", "not_rankable", "pilot"]

BOTTOM = 10_000_000
"""Place key of zero points: 100,000 points lie between the key of a score and the next group."""

_MOST_EXCESS = 99_999
_MOST_MAJOR = 99_999
_MOST_CHANGE = 999_999
_CHANGES = 2 * (_MOST_CHANGE + 1)


class SectionResult(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One section of one visit, or of a standing. Lost and score are None when it dropped out."""

    section: str
    full: Hundredths
    lost: Hundredths | None
    score: Hundredths | None


class PublishedResult(msgspec.Struct, frozen=True, kw_only=True):
    """What of a published visit counts. `ordering` is the total before its cap at full marks."""

    total: Hundredths
    ordering: Hundredths
    lost: Hundredths
    full: Hundredths
    vetoed: bool
    rankable: bool
    major_losses: int
    sections: tuple[SectionResult, ...]


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """A standing before it meets others. `rank_key` is None without a place; smaller is higher.
    `excess` is what the mean was above full marks, `major_losses` a sum over the visits.
    """

    visits: int
    score_sum: int
    score: Hundredths
    full: Hundredths
    lost: Hundredths
    vetoed: bool
    major_losses: int
    excess: int
    unranked_why: WhyUnranked
    rank_key: int | None
    sections: tuple[SectionResult, ...]

    @property
    def shown_score(self) -> Hundredths | None:
        """The mean, or None while nothing is published."""
        return self.score if self.visits else None


def figures(
    published: tuple[PublishedResult, ...], min_visits: int, *, pilot: bool = False
) -> Figures:
    """The standing all published visits of a store in a round add up to. Cards with too little
    applicable count only when there is no other, and then take no place; a pilot has no places.
    """
    counted = tuple(result for result in published if result.rankable)
    shown = counted or published
    score = mean(tuple(result.total for result in shown))
    vetoed = any(result.vetoed for result in shown)
    why = _why_unranked(counted, min_visits, pilot=pilot)
    return Figures(
        visits=len(shown),
        score_sum=sum(result.total for result in shown),
        score=score,
        full=mean(tuple(result.full for result in shown)),
        lost=mean(tuple(result.lost for result in shown)),
        vetoed=vetoed,
        major_losses=sum(result.major_losses for result in shown),
        excess=mean(tuple(result.ordering for result in shown)) - score,
        unranked_why=why,
        rank_key=None if why else rank_key(score, vetoed=vetoed),
        sections=_sections(shown),
    )


def mean(points: tuple[int, ...]) -> Hundredths:
    """The exact mean, rounded half up once. Nothing has the mean zero."""
    return average(sum(points), len(points))


def average(total: int, count: int) -> Hundredths:
    """`mean` of points that were added up elsewhere."""
    # In whole numbers what `rounded` does with a fraction: a page rounds thousands of means.
    return Hundredths((2 * total + count) // (2 * count)) if count else ZERO


def rank_key(score: int, *, vetoed: bool) -> int:
    """What a place is counted by: equal published scores have equal keys, the smaller is higher.
    Vetoed stores come after all others, among themselves by the score they kept.
    """
    return (2 * BOTTOM if vetoed else BOTTOM) - score


def score_of(key: int) -> Hundredths:
    """The score a place key was made from."""
    return Hundredths((2 * BOTTOM if key > BOTTOM else BOTTOM) - key)


def tie_key(found: Figures, previous_score: int | None) -> int:
    """The order of listing inside a tie, packed into one number: higher uncapped total, fewer major
    losses per visit, better change.
    """
    excess = _clip(found.excess, _MOST_EXCESS)
    major = _clip(found.major_losses * 100 // max(1, found.visits), _MOST_MAJOR)
    upper = (_MOST_EXCESS - excess) * (_MOST_MAJOR + 1) + major
    return upper * _CHANGES + _change_part(found.score, previous_score)


def retied(key: int, score: int | None, previous_score: int | None) -> int:
    """A tie key after the result it is compared with changed; `score` is the store's own."""
    return key // _CHANGES * _CHANGES + _change_part(score or 0, previous_score)


def _change_part(score: int, previous_score: int | None) -> int:
    # A store without a previous score counts as unchanged.
    change = 0 if previous_score is None else score - previous_score
    return _MOST_CHANGE - max(-_MOST_CHANGE, min(_MOST_CHANGE, change))


def _why_unranked(
    counted: tuple[PublishedResult, ...], min_visits: int, *, pilot: bool
) -> WhyUnranked:
    if pilot:
        return "pilot"
    if not counted:
        return "not_rankable"
    return "few_visits" if len(counted) < min_visits else ""


def _clip(value: int, most: int) -> int:
    return max(0, min(most, value))


def _sections(shown: tuple[PublishedResult, ...]) -> tuple[SectionResult, ...]:
    by_code: dict[str, list[SectionResult]] = {}
    for result in shown:
        for section in result.sections:
            by_code.setdefault(section.section, []).append(section)
    return tuple(_section(code, found) for code, found in by_code.items())


def _section(code: str, found: list[SectionResult]) -> SectionResult:
    full = mean(tuple(section.full for section in found))
    lost = tuple(section.lost for section in found if section.lost is not None)
    score = tuple(section.score for section in found if section.score is not None)
    if not score:
        return SectionResult(code, full, None, None)
    return SectionResult(code, full, mean(lost), mean(score))
