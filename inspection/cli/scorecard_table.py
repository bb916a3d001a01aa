"""A scorecard on a terminal: sections with full marks, score and loss, then every loss by name."""

from functools import partial

from inspection.cli.columns import aligned
from inspection.domain.notices.notice_line import problem
from inspection.domain.points import loss, plain, total
from inspection.domain.rubrics.rubric import Item, Rubric
from inspection.domain.scoring.answers import Answer, Answers
from inspection.domain.scoring.scorecard import ItemScore, Scorecard, SectionScore
from inspection.domain.scoring.scoring_explain import explain, places, sentence
from inspection.wording import Language, catalogue, say


def card_lines(card: Scorecard, rubric: Rubric, answers: Answers, language: Language) -> list[str]:
    """The whole card: title, table, total, outcome, notes, losses."""
    return [
        f"{rubric.title.of(language)}（{rubric.edition}）"
        if language is Language.ZH
        else f"{rubric.title.of(language)} ({rubric.edition})",
        "",
        *_table(card, rubric, language),
        "",
        *_verdict(card, rubric, language),
        *_notes(card, rubric, language),
        "",
        *_losses(card, rubric, answers, language),
    ]


def explained_lines(
    card: Scorecard, rubric: Rubric, place: str, language: Language
) -> list[str] | None:
    """How one number came about; None when the card has no such number."""
    asked = places(card) if place == "all" else (place,)
    if not set(asked) <= set(places(card)):
        return None
    spoken = partial(say, language)
    lines = [explain(card, rubric, each, language, spoken) for each in asked]
    return [say(language, "card.explained"), *(f"  {line}" for some in lines for line in some)]


def _table(card: Scorecard, rubric: Rubric, language: Language) -> list[str]:
    titles = {section.code: section.title.of(language) for section in rubric.sections}
    partly = any(section.applicable != section.full for section in card.sections)
    columns = ["section", "full", *(["applicable"] if partly else []), "score", "lost"]
    rows = [[say(language, f"card.{column}") for column in columns]]
    for section in card.sections:
        figures = _figures(section, language)
        row = [section.full, *([section.applicable] if partly else [])]
        rows.append([titles[section.section], *(plain(points) for points in row), *figures])
    applicable = sum(section.applicable for section in card.sections)
    whole = [card.full, *([applicable] if partly else [])]
    sums = [_shown(card.raw, language), _lost(card.lost, language)]
    rows.append([say(language, "card.sum"), *(plain(points) for points in whole), *sums])
    return aligned(rows)


def _figures(section: SectionScore, language: Language) -> list[str]:
    return [_shown(section.earned, language), _lost(section.lost, language)]


def _shown(points: int | None, language: Language) -> str:
    return say(language, "card.none") if points is None else total(points)


def _lost(points: int | None, language: Language) -> str:
    return say(language, "card.none") if points is None else loss(points)


def _verdict(card: Scorecard, rubric: Rubric, language: Language) -> list[str]:
    if card.total is None or card.lost is None:
        return [say(language, "card.total_none")]
    key = "card.total_veto" if card.outcome == "vetoed" else "card.total"
    facts = {"total": total(card.total), "full": plain(card.full), "lost": loss(card.lost)}
    bands = {band.code: band.title.of(language) for band in rubric.bands}
    none = say(language, "card.none")
    outcome = say(language, f"card.outcome.{card.outcome}")
    band = bands.get(card.band or "", none)
    lines = [say(language, key, **facts)]
    if card.bonus:
        lines.append(say(language, "card.bonus", bonus=plain(card.bonus)))
    return [*lines, say(language, "card.outcome_line", outcome=outcome, band=band)]


def _notes(card: Scorecard, rubric: Rubric, language: Language) -> list[str]:
    spoken = partial(say, language)
    flags = [step for step in card.steps if step.code.startswith("flag.")]
    return [sentence(flag, rubric, language, spoken) for flag in flags]


def _losses(card: Scorecard, rubric: Rubric, answers: Answers, language: Language) -> list[str]:
    given = {answer.item: answer for answer in answers.items}
    items = {item.code: item for item in rubric.items()}
    lines = [
        "  " + _loss_line(score, items[score.item], given[score.item], language)
        for score in card.items
        if score.lost or score.critical
    ]
    if not lines:
        return [say(language, "card.all_passed")]
    return [say(language, "card.lost_items"), *lines]


def _loss_line(score: ItemScore, item: Item, answer: Answer, language: Language) -> str:
    reasons = [problem(item, answer, language, catalogue(language)).rstrip("。.")]
    if score.repeat_extra:
        reasons.append(say(language, "card.repeat_extra", extra=loss(score.repeat_extra)))
    if score.refund:
        reasons.append(say(language, "card.refunded", refund=plain(score.refund)))
    if score.critical:
        reasons.append(say(language, "card.veto_mark"))
    between = "，" if language is Language.ZH else ", "
    facts = {"item": item.code, "title": item.title.of(language), "loss": loss(score.lost)}
    return say(language, "card.lost_item", reason=between.join(reasons), **facts)
