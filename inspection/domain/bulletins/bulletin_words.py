"""Figures of an issue as they are written, the same on its page and in its PDF."""

from collections.abc import Callable, Mapping

from inspection.domain import deadline, points
from inspection.domain.points import Hundredths

NONE = "—"
WORDS = "paper.bulletin."
"""Prefix of the catalogue keys an issue is worded with."""

Words = Mapping[str, str]


def written(words: Words) -> dict[str, Callable[..., str]]:
    """What the templates of an issue write their figures and times with, by name."""
    return {
        "score": lambda value: _shown(value, points.total),
        "signed": lambda value: _shown(value, points.signed),
        "loss": lambda value: _shown(value, points.loss),
        "plain": lambda value: _shown(value, points.plain),
        "moved": lambda places: _moved(places, words),
        "changed": lambda change, comparable: _changed(change, words, comparable=comparable),
        "on_day": lambda day: deadline.on_day(day, words),
        "at_hour": lambda at: deadline.at_hour(at, words),
    }


def _shown(value: Hundredths | None, word: Callable[[int], str]) -> str:
    return NONE if value is None else word(value)


def _moved(places: int | None, words: Words) -> str:
    if places is None:
        return NONE
    if places == 0:
        return words[f"{WORDS}same"]
    return f"{'↑' if places > 0 else '↓'} {abs(places)}"


def _changed(change: Hundredths | None, words: Words, *, comparable: bool) -> str:
    if change is None:
        return NONE
    return points.signed(change) + ("" if comparable else words[f"{WORDS}points_of_percent"])
