"""Which answers do not fit their rubric, all of them, each with its place and a stable code."""

import re
from collections.abc import Iterator
from functools import lru_cache

from inspection.domain.points import parse, plain
from inspection.domain.refusals import Fault
from inspection.domain.rubrics.rubric import (
    STORE_FEATURES,
    Info,
    Item,
    Meas,
    Occ,
    Option,
    Rubric,
    Sum,
    Tier,
)
from inspection.domain.scoring.answers import Answer, AnswerFile, Answers, PhotoPolicy
from inspection.domain.scoring.scoring_items import find

MOST_OCCURRENCES = 999
LONGEST_NOTE = 500
MOST_PHOTOS = 20

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_FIELDS = {Tier: {"option"}, Occ: {"count", "veto"}, Sum: {"ticks"}, Meas: {"measured"}}
_RULE_FIELDS = ("option", "count", "veto", "ticks", "measured")


def faults(
    rubric: Rubric,
    answers: Answers,
    features: frozenset[str],
    photos: PhotoPolicy = "record_may_replace",
) -> tuple[Fault, ...]:
    """Every fault of a visit's answers, with JSON pointers; none: it can be scored."""
    return (*_item_faults(rubric, answers, features, photos), *_bonus_faults(rubric, answers))


def file_faults(rubric: Rubric, visit: AnswerFile) -> tuple[Fault, ...]:
    """Every fault of a visit in a file: its answers, and names nobody knows elsewhere."""
    return (
        *(
            Fault(f"/features/{index}", "answer.feature_unknown", feature=feature)
            for index, feature in enumerate(visit.features)
            if feature not in STORE_FEATURES
        ),
        *(
            Fault(f"/earlier/items/{index}", "answer.earlier_unknown", item=code)
            for index, code in enumerate(visit.earlier.items)
            if rubric.item(code) is None
        ),
        *faults(rubric, visit.findings(), frozenset(visit.features), visit.photos),
    )


def _item_faults(
    rubric: Rubric, answers: Answers, features: frozenset[str], photos: PhotoPolicy
) -> Iterator[Fault]:
    known, plain_passes = _items_of(rubric)
    seen: set[str] = set()
    for index, answer in enumerate(answers.items):
        code = answer.item
        if code not in seen and answer == plain_passes.get(code):
            # Most answers are, and have no faults.
            seen.add(code)
            continue
        at = f"/answers/{index}"
        item = known.get(code)
        if item is None:
            yield Fault(f"{at}/item", "answer.item_unknown", item=code, rubric=rubric.code)
        elif code in seen:
            yield Fault(f"{at}/item", "answer.item_repeated", item=code)
        else:
            yield from _text_faults(answer, at)
            yield from _photo_faults(answer, at)
            # What features switch off is not scored, so its finding need not fit.
            if not _switched_off(item, features):
                yield from _answer_faults(item, answer, at, photos)
        seen.add(code)
    for code, item in known.items():
        if code not in seen and not _switched_off(item, features):
            yield Fault("/answers", "answer.unanswered", item=code)


@lru_cache(maxsize=64)
def _items_of(rubric: Rubric) -> tuple[dict[str, Item], dict[str, Answer]]:
    """Every item by code; and the answer that says it passed and nothing else, where that is all
    an item may want to know.
    """
    known = {item.code: item for item in rubric.items()}
    return known, {
        code: Answer(item=code, verdict="pass")
        for code, item in known.items()
        if not isinstance(item.rule, Meas | Info)
    }


def _bonus_faults(rubric: Rubric, answers: Answers) -> Iterator[Fault]:
    offered = [bonus.code for bonus in rubric.bonuses]
    for index, claimed in enumerate(answers.bonuses):
        at = f"/bonuses/{index}"
        if claimed not in offered:
            yield Fault(at, "answer.bonus_unknown", bonus=claimed, offered=", ".join(offered))
        elif claimed in answers.bonuses[:index]:
            yield Fault(at, "answer.bonus_repeated", bonus=claimed)


def _switched_off(item: Item, features: frozenset[str]) -> bool:
    return bool(item.feature) and item.feature not in features


def _answer_faults(item: Item, answer: Answer, at: str, photos: PhotoPolicy) -> Iterator[Fault]:
    yield from _verdict_faults(item, answer, at)
    misfits = tuple(_finding_faults(item, answer, at))
    yield from misfits
    if not misfits:
        yield from _meas_verdict_faults(item, answer, at)
    if _needs_evidence(item, answer):
        yield from _evidence_faults(item, answer, at, photos)


def _text_faults(answer: Answer, at: str) -> Iterator[Fault]:
    for field, text in (("note", answer.note), ("reason", answer.reason)):
        if len(text) > LONGEST_NOTE:
            facts = {"item": answer.item, "length": len(text), "most": LONGEST_NOTE}
            yield Fault(f"{at}/{field}", f"answer.{field}_too_long", **facts)


def _photo_faults(answer: Answer, at: str) -> Iterator[Fault]:
    if len(answer.photos) > MOST_PHOTOS:
        facts = {"item": answer.item, "count": len(answer.photos), "most": MOST_PHOTOS}
        yield Fault(f"{at}/photos", "answer.photos_too_many", **facts)
    for index, photo in enumerate(answer.photos):
        if not _SHA256.fullmatch(photo):
            yield Fault(f"{at}/photos/{index}", "answer.photo_malformed", item=answer.item)
        elif photo in answer.photos[:index]:
            yield Fault(f"{at}/photos/{index}", "answer.photo_repeated", item=answer.item)


def _verdict_faults(item: Item, answer: Answer, at: str) -> Iterator[Fault]:
    verdict = answer.verdict
    if verdict == "na" and item.na == "never":
        yield Fault(f"{at}/verdict", "answer.na_not_allowed", item=item.code)
    if verdict in {"na", "not_observed"} and not answer.reason.strip():
        yield Fault(f"{at}/reason", f"answer.{verdict}_without_reason", item=item.code)
    if verdict == "loss" and isinstance(item.rule, Info):
        yield Fault(f"{at}/verdict", "answer.never_scored", item=item.code)
    if verdict != "loss" and answer.corrected_on_spot:
        yield Fault(f"{at}/corrected_on_spot", "answer.nothing_to_correct", item=item.code)


def _finding_faults(item: Item, answer: Answer, at: str) -> Iterator[Fault]:
    """Fields that do not belong to the rule or the verdict, then the field that does."""
    expected = _FIELDS.get(type(item.rule), set()) if _has_finding(item, answer) else set()
    for field in _RULE_FIELDS:
        if field not in expected and getattr(answer, field) not in {None, False, ()}:
            facts = {"item": item.code, "field": field, "verdict": answer.verdict}
            yield Fault(f"{at}/{field}", "answer.field_not_expected", **facts)
    if not _has_finding(item, answer):
        return
    match item.rule:
        case Tier(options):
            yield from _option_faults(options, answer, at)
        case Occ() as rule:
            yield from _count_faults(rule, answer, at)
        case Sum(ticks):
            yield from _tick_faults(ticks, answer, at)
        case Meas() as rule:
            yield from _measured_faults(rule, answer, at)


def _has_finding(item: Item, answer: Answer) -> bool:
    # A measurement is written down even when it costs nothing.
    return answer.verdict == "loss" or (answer.verdict == "pass" and isinstance(item.rule, Meas))


def _option_faults(options: tuple[Option, ...], answer: Answer, at: str) -> Iterator[Fault]:
    codes = [option.code for option in options]
    if answer.option is None:
        yield Fault(f"{at}/option", "answer.option_missing", item=answer.item)
    elif answer.option not in codes:
        facts = {"item": answer.item, "option": answer.option, "options": ", ".join(codes)}
        yield Fault(f"{at}/option", "answer.option_unknown", **facts)


def _count_faults(rule: Occ, answer: Answer, at: str) -> Iterator[Fault]:
    if answer.veto and rule.veto_option is None:
        yield Fault(f"{at}/veto", "answer.veto_not_offered", item=answer.item)
    least = 0 if answer.veto else 1
    count = 0 if answer.count is None else answer.count
    if not least <= count <= MOST_OCCURRENCES:
        code = "answer.count_missing" if answer.count is None else "answer.count_out_of_range"
        yield Fault(f"{at}/count", code, item=answer.item, count=count, most=MOST_OCCURRENCES)


def _tick_faults(ticks: tuple[Option, ...], answer: Answer, at: str) -> Iterator[Fault]:
    codes = [tick.code for tick in ticks]
    if not answer.ticks:
        yield Fault(f"{at}/ticks", "answer.ticks_missing", item=answer.item)
    for index, tick in enumerate(answer.ticks):
        place = f"{at}/ticks/{index}"
        if tick not in codes:
            facts = {"item": answer.item, "tick": tick, "ticks": ", ".join(codes)}
            yield Fault(place, "answer.tick_unknown", **facts)
        elif tick in answer.ticks[:index]:
            yield Fault(place, "answer.tick_repeated", item=answer.item, tick=tick)


def _measured_faults(rule: Meas, answer: Answer, at: str) -> Iterator[Fault]:
    place, text = f"{at}/measured", answer.measured
    if text is None:
        yield Fault(place, "answer.measured_missing", item=answer.item)
        return
    try:
        measured = parse(text)
    except ValueError:
        yield Fault(place, "answer.measured_malformed", item=answer.item, measured=text)
        return
    if not rule.least <= measured <= rule.most:
        facts = {"measured": text, "least": plain(rule.least), "most": plain(rule.most)}
        yield Fault(place, "answer.measured_out_of_range", item=answer.item, **facts)


def _meas_verdict_faults(item: Item, answer: Answer, at: str) -> Iterator[Fault]:
    if not isinstance(item.rule, Meas) or not _has_finding(item, answer):
        return
    if (find(item, answer).count > 0) != (answer.verdict == "loss"):
        facts = {"item": item.code, "verdict": answer.verdict, "measured": answer.measured}
        yield Fault(f"{at}/verdict", "answer.verdict_contradicts_measured", **facts)


def _needs_evidence(item: Item, answer: Answer) -> bool:
    # What an info item asks for is the evidence itself.
    return answer.verdict == "loss" or (answer.verdict == "pass" and isinstance(item.rule, Info))


def _evidence_faults(item: Item, answer: Answer, at: str, photos: PhotoPolicy) -> Iterator[Fault]:
    noted = bool(answer.note.strip())
    if item.evidence in {"record", "note"} and not noted:
        yield Fault(f"{at}/note", f"answer.{item.evidence}_missing", item=item.code)
    if item.evidence != "photo" or answer.photos:
        return
    if photos == "required":
        yield Fault(f"{at}/photos", "answer.photo_missing", item=item.code)
    elif not (noted and answer.reason.strip()):
        yield Fault(f"{at}/photos", "answer.photo_or_record_missing", item=item.code)
