"""Rubric -> document -> file: what is written reads back as what it was."""

from typing import Any

import tomli_w

from inspection.domain.points import plain
from inspection.domain.rubrics.rubric import (
    NOT_CRITICAL,
    Band,
    Bonus,
    Critical,
    Item,
    Meas,
    MeasBand,
    Occ,
    Option,
    Rubric,
    Rule,
    Section,
    Sum,
    Text,
    Tier,
)
from inspection.domain.rubrics.rubric_document import Document, tidy


def write(document: Document) -> str:
    """The file of a document, finished or not. Remarks and layout of an earlier file are gone."""
    return tomli_w.dumps(tidy(document), indent=2)


def document_of(rubric: Rubric) -> Document:
    """The document of a rubric, without what is as it is when nothing is said."""
    bonuses = {"bonuses": [_bonus(bonus) for bonus in rubric.bonuses]} if rubric.bonuses else {}
    passing = {} if rubric.pass_line is None else {"pass_line": plain(rubric.pass_line)}
    return {
        "code": rubric.code,
        "edition": rubric.edition,
        "title": _text(rubric.title),
        "store_kind": rubric.store_kind,
        "full": plain(rubric.full),
        **passing,
        "rounding": rubric.rounding,
        "na_method": rubric.na_method,
        "manual_na_review_share": plain(rubric.manual_na_review_share),
        "min_applicable_share": plain(rubric.min_applicable_share),
        "not_observed_share": plain(rubric.not_observed_share),
        "repeat_factor": plain(rubric.repeat_factor),
        "spot_refund": plain(rubric.spot_refund),
        "bonus_cap": plain(rubric.bonus_cap),
        "bands": [_band(band) for band in rubric.bands],
        **bonuses,
        "sections": [_section(section) for section in rubric.sections],
    }


def _section(section: Section) -> Document:
    return {
        "code": section.code,
        "key": section.key,
        "title": _text(section.title),
        "short": _text(section.short),
        "full": plain(section.full),
        **({"over_allocated": True} if section.over_allocated else {}),
        "items": [_item(item) for item in section.items],
    }


def _item(item: Item) -> Document:
    return {
        "code": item.code,
        "full": plain(item.full),
        "title": _text(item.title),
        "standard": _text(item.standard),
        "rule_text": _text(item.rule_text),
        "rule": rule_document(item.rule),
        "evidence": item.evidence,
        "na": item.na,
        **({"feature": item.feature} if item.feature else {}),
        "severity": item.severity,
        **({"critical": _critical(item.critical)} if item.critical != NOT_CRITICAL else {}),
        "rectification": _text(item.rectification),
        "hours": item.hours,
        "source": item.source,
        **({"responsible": _text(item.responsible)} if item.responsible else {}),
        **({"photos": list(item.photos)} if item.photos else {}),
    }


def rule_document(rule: Rule) -> Document:
    """A deduction rule by its kind."""
    match rule:
        case Tier(options):
            return {"kind": "tier", "options": [_option(option) for option in options]}
        case Sum(ticks):
            return {"kind": "sum", "ticks": [_option(tick) for tick in ticks]}
        case Occ(each, unit, veto_option):
            veto = {} if veto_option is None else {"veto_option": _option(veto_option)}
            return {"kind": "occ", "each": plain(each), "unit": _text(unit), **veto}
        case Meas(unit, least, most, bands):
            ends = {"least": plain(least), "most": plain(most)}
            listed = [_meas_band(band) for band in bands]
            return {"kind": "meas", "unit": _text(unit), **ends, "bands": listed}
        case _:
            return {"kind": "info"}


def _critical(critical: Critical) -> Document:
    capped = {"cap": plain(critical.cap)} if critical.effect == "cap" else {}
    return {"effect": critical.effect, **capped}


def _option(option: Option) -> Document:
    said = {"code": option.code, "loss": plain(option.loss), **_veto(veto=option.veto)}
    return {**said, "text": _text(option.text)}


def _meas_band(band: MeasBand) -> Document:
    said = {"above": plain(band.above), "loss": plain(band.loss), **_veto(veto=band.veto)}
    return {**said, "text": _text(band.text)}


def _veto(*, veto: bool) -> dict[str, Any]:
    return {"veto": True} if veto else {}


def _band(band: Band) -> Document:
    ends = {"floor": plain(band.floor), "ceiling": plain(band.ceiling)}
    return {"code": band.code, **ends, "title": _text(band.title)}


def _bonus(bonus: Bonus) -> Document:
    return {"code": bonus.code, "points": plain(bonus.points), "title": _text(bonus.title)}


def _text(text: Text) -> Document:
    return {"zh": text.zh, "en": text.en}
