"""A rubric as a page shows it to read: from its document, which may be unfinished."""

from typing import Any

import msgspec

from inspection.domain.points import ZERO, Hundredths
from inspection.domain.rubrics.rubric import Text
from inspection.domain.rubrics.rubric_document import Document, points_in, text_in, wording_in

_REASONS = ("options", "ticks", "bands")


class ReasonView(msgspec.Struct, frozen=True, kw_only=True):
    """One way to lose marks: an option, a tick, or what is beyond a limit."""

    text: Text
    loss: str
    above: str = ""
    veto: bool = False


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to check."""

    code: str
    title: Text
    standard: Text
    full: str
    kind: str
    each: str
    unit: Text
    rule_text: Text
    reasons: tuple[ReasonView, ...]
    evidence: str
    na: str
    feature: str
    severity: str
    effect: str
    cap: str
    rectification: Text
    hours: str
    source: str
    responsible: Text
    photos: tuple[str, ...]


class Width(msgspec.Struct, frozen=True):
    """A section as the bar of the card shows it: as wide as its marks, none of them lost."""

    full: Hundredths
    lost: Hundredths = ZERO


class SectionView(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the card with its items."""

    code: str
    title: Text
    full: str
    width: Width
    over_allocated: bool
    items: tuple[ItemView, ...]


class RubricView(msgspec.Struct, frozen=True, kw_only=True):
    """A whole rubric. `facts` are the fields of the card itself, as they are written."""

    code: str
    title: Text
    full: Hundredths | None
    store_kind: str
    facts: tuple[tuple[str, str], ...]
    bands: tuple[tuple[Text, str, str], ...]
    sections: tuple[SectionView, ...]


_FACTS = (
    "edition",
    "pass_line",
    "rounding",
    "na_method",
    "manual_na_review_share",
    "min_applicable_share",
    "not_observed_share",
    "repeat_factor",
    "spot_refund",
    "bonus_cap",
)


def view_of(document: Document) -> RubricView:
    """What there is to read; nothing where the document says nothing."""
    return RubricView(
        code=text_in(document, "code"),
        title=_text(document, "title"),
        full=points_in(document, "full"),
        store_kind=text_in(document, "store_kind"),
        facts=tuple((field, text_in(document, field)) for field in _FACTS),
        bands=tuple(
            (_text(band, "title"), text_in(band, "floor"), text_in(band, "ceiling"))
            for band in _tables(document.get("bands"))
        ),
        sections=tuple(map(_section, _tables(document.get("sections")))),
    )


def _section(section: Document) -> SectionView:
    return SectionView(
        code=text_in(section, "code"),
        title=_text(section, "title"),
        full=text_in(section, "full"),
        width=Width(points_in(section, "full") or ZERO),
        over_allocated=section.get("over_allocated") is True,
        items=tuple(map(_item, _tables(section.get("items")))),
    )


def _item(item: Document) -> ItemView:
    rule, critical = _table(item.get("rule")), _table(item.get("critical"))
    hours = item.get("hours")
    return ItemView(
        code=text_in(item, "code"),
        title=_text(item, "title"),
        standard=_text(item, "standard"),
        full=text_in(item, "full"),
        kind=text_in(rule, "kind"),
        each=text_in(rule, "each"),
        unit=_text(rule, "unit"),
        rule_text=_text(item, "rule_text"),
        reasons=tuple(_reasons(rule)),
        evidence=text_in(item, "evidence"),
        na=text_in(item, "na"),
        feature=text_in(item, "feature"),
        severity=text_in(item, "severity"),
        effect=text_in(critical, "effect"),
        cap=text_in(critical, "cap"),
        rectification=_text(item, "rectification"),
        hours=str(hours) if isinstance(hours, int) else "",
        source=text_in(item, "source"),
        responsible=_text(item, "responsible"),
        photos=_photos(item),
    )


def _photos(item: Document) -> tuple[str, ...]:
    """The names that can be names of photos: the others have a fault."""
    listed = item.get("photos")
    named = listed if isinstance(listed, list) else []
    return tuple(name for name in named if isinstance(name, str) and name.isalnum())


def _reasons(rule: Document) -> list[ReasonView]:
    listed = [each for field in _REASONS for each in _tables(rule.get(field))]
    if isinstance(rule.get("veto_option"), dict):
        listed.append(rule["veto_option"])
    return [
        ReasonView(
            text=_text(each, "text"),
            loss=text_in(each, "loss"),
            above=text_in(each, "above"),
            veto=each.get("veto") is True,
        )
        for each in listed
    ]


def _text(table: Document, field: str) -> Text:
    return Text(wording_in(table, field, "zh"), wording_in(table, field, "en"))


def _table(value: Any) -> Document:  # noqa: ANN401  any JSON
    return value if isinstance(value, dict) else {}


def _tables(value: Any) -> list[Document]:  # noqa: ANN401  any JSON
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
