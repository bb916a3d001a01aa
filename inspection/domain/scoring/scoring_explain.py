"""Why a number of a scorecard is what it is: its steps as sentences, in the order of evaluation."""

from collections.abc import Callable, Iterator

from inspection.domain.points import plain
from inspection.domain.rubrics.rubric import Item, Meas, Occ, Option, Rubric, Section, Sum, Tier
from inspection.domain.scoring.scorecard import Scorecard, Step

Say = Callable[..., str]
"""Catalogue look-up for one language: say(key, **facts)."""

TOTAL = "total"


def places(card: Scorecard) -> tuple[str, ...]:
    """Everything that can be asked about: items, sections, then the total."""
    items = (item.item for item in card.items)
    return (*items, *(section.section for section in card.sections), TOTAL)


def explain(card: Scorecard, rubric: Rubric, place: str, language: str, say: Say) -> list[str]:
    """The sentences behind one number: an item's, a section's or the total's."""
    lines = [sentence(step, rubric, language, say) for step in card.steps if step.place == place]
    if lines:
        return lines
    return [_passed(card, rubric, place, language, say)]


def sentence(step: Step, rubric: Rubric, language: str, say: Say) -> str:
    """One step in words."""
    facts = dict(step.facts)
    item = rubric.item(step.place)
    section = _section(rubric, step.place)
    if item is not None:
        facts |= {"item": item.code, "title": item.title.of(language)}
        facts |= dict(_item_words(step, item, language, say))
    if section is not None:
        facts |= {"section": section.code, "title": section.title.of(language)}
    facts |= dict(_card_words(step, rubric, language, say))
    return say(f"step.{step.code}", **facts)


def _passed(card: Scorecard, rubric: Rubric, place: str, language: str, say: Say) -> str:
    item = rubric.item(place)
    if item is None or place not in places(card):
        msg = f"no number called {place}"
        raise KeyError(msg)
    facts = {"item": item.code, "title": item.title.of(language), "full": plain(item.full)}
    return say("step.item.passed", **facts)


def _section(rubric: Rubric, code: str) -> Section | None:
    return next((section for section in rubric.sections if section.code == code), None)


def _item_words(step: Step, item: Item, language: str, say: Say) -> Iterator[tuple[str, str]]:
    options = {option.code: option for option in _options(item)}
    if option := options.get(step.facts.get("option", "")):
        yield "option", option.text.of(language)
    if ticks := step.facts.get("ticks"):
        ticked = [options[code] for code in ticks.split()]
        yield "ticks", " + ".join(f"{t.text.of(language)} {plain(t.loss)}" for t in ticked)
    if step.facts.get("round") == "":
        yield "round", say("step.last_round")
    if feature := step.facts.get("feature"):
        yield "feature", say(f"step.feature.{feature}")
    if isinstance(item.rule, Occ | Meas):
        yield "unit", item.rule.unit.of(language)


def _options(item: Item) -> tuple[Option, ...]:
    match item.rule:
        case Tier(options) | Sum(options):
            return options
        case Occ(_, _, Option() as option):
            return (option,)
        case _:
            return ()


def _card_words(step: Step, rubric: Rubric, language: str, say: Say) -> Iterator[tuple[str, str]]:
    for band in rubric.bands:
        if step.facts.get("band") == band.code:
            yield "band", band.title.of(language)
    if rounding := step.facts.get("rounding"):
        yield "rounding", say(f"step.rounding.{rounding}")
