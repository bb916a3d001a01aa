"""A rubric: sections, items and the rules that turn findings into points lost."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from inspection.domain.points import ZERO, Hundredths, Rounding

StoreKind = Literal["storefront", "customer_club"]
Severity = Literal["general", "major", "veto"]
Evidence = Literal["photo", "record", "note", "none"]
NotApplicable = Literal["never", "allowed"]
NaMethod = Literal["scale_section", "full_credit", "whole_card", "zero"]
Effect = Literal["none", "veto", "cap", "section_zero", "total_zero"]


# A field added later must be `| UnsetType = UNSET`: unset, it is left out of the JSON, so that the
# digests of published versions stay what they are.
class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every part of a rubric has in common: it cannot change and knows its own fields only."""


class Text(Part, frozen=True):
    """One wording in both languages."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The wording for a language tag such as "zh-CN" or "en"."""
        return self.zh if language.startswith("zh") else self.en


class Option(Part, frozen=True):
    """One graded outcome or tick and its cost. `veto` fires the item's critical effect."""

    code: str
    text: Text
    loss: Hundredths
    veto: bool = False


class Tier(Part, tag_field="kind", tag="tier", frozen=True):
    """Pick one option; its loss is the item's."""

    options: tuple[Option, ...]


class Occ(Part, tag_field="kind", tag="occ", frozen=True):
    """Count occurrences of `unit`; each costs `each`, never more than the item's marks."""

    each: Hundredths
    unit: Text
    veto_option: Option | None = None


class Sum(Part, tag_field="kind", tag="sum", frozen=True):
    """Tick what was missing; the losses of all ticks add up."""

    ticks: tuple[Option, ...]


class MeasBand(Part, frozen=True):
    """A measured value greater than `above` (in hundredths of the unit) costs `loss`."""

    above: Hundredths
    loss: Hundredths
    text: Text
    veto: bool = False


class Meas(Part, tag_field="kind", tag="meas", frozen=True):
    """Measure a number from `least` to `most`; the highest band it passes decides."""

    unit: Text
    least: Hundredths
    most: Hundredths
    bands: tuple[MeasBand, ...]


class Info(Part, tag_field="kind", tag="info", frozen=True):
    """Written down, never scored."""


Rule = Tier | Occ | Sum | Meas | Info


class Critical(Part, frozen=True):
    """What a veto option does to the card. With effect "cap", `cap` is the most it can keep."""

    effect: Effect = "none"
    cap: Hundredths = ZERO


NOT_CRITICAL = Critical()


class Item(Part, kw_only=True, frozen=True, cache_hash=True):
    """One thing to check. A store without `feature` has the item switched off. `responsible` is the
    role that rectifies; `photos` show how it should look, each named by its SHA-256.
    """

    code: str
    title: Text
    standard: Text
    full: Hundredths
    rule: Rule
    rule_text: Text
    evidence: Evidence
    na: NotApplicable
    feature: str = ""
    severity: Severity
    critical: Critical = NOT_CRITICAL
    rectification: Text
    hours: int
    source: str
    responsible: Text | UnsetType = UNSET
    photos: tuple[str, ...] | UnsetType = UNSET


class Section(Part, kw_only=True, frozen=True):
    """A part of the card. Over-allocated: its items add up to more than it can lose."""

    code: str
    key: str
    title: Text
    short: Text
    full: Hundredths
    items: tuple[Item, ...]
    over_allocated: bool = False


class Band(Part, frozen=True):
    """A grade: from `floor` up to, not including, `ceiling`; the top one includes full marks."""

    code: str
    title: Text
    floor: Hundredths
    ceiling: Hundredths


class Bonus(Part, frozen=True):
    """Points outside the full marks, claimed by its code."""

    code: str
    title: Text
    points: Hundredths


# Its hash is reckoned once: what every visit needs of a rubric is kept by it.
class Rubric(Part, kw_only=True, frozen=True, cache_hash=True):
    """The rules of one scorecard. Shares and factors are hundredths too: 15 is 0.15, 150 is 1.5."""

    code: str
    edition: str
    title: Text
    store_kind: StoreKind
    full: Hundredths
    pass_line: Hundredths | None
    bands: tuple[Band, ...]
    na_method: NaMethod
    rounding: Rounding
    repeat_factor: Hundredths
    spot_refund: Hundredths
    bonus_cap: Hundredths
    bonuses: tuple[Bonus, ...] = ()
    manual_na_review_share: Hundredths
    min_applicable_share: Hundredths
    not_observed_share: Hundredths
    sections: tuple[Section, ...]

    def items(self) -> Iterator[Item]:
        """Every item, in the order of the card."""
        for section in self.sections:
            yield from section.items

    def item(self, code: str) -> Item | None:
        """The item of that code, or None."""
        return next((item for item in self.items() if item.code == code), None)

    def features(self) -> frozenset[str]:
        """Every store feature some item depends on."""
        return _features(self)


STORE_FEATURES = frozenset(
    {
        "accessible_entrance_required",
        "charging_station_required",
        "customer_pc_required",
        "guest_wifi",
        "queue_machine",
        "self_service_terminals",
        "shoe_machine_required",
        "vip_desk_required",
    }
)
"""The features a store record can hold; an item may depend on these only."""


@lru_cache(maxsize=64)
def _features(rubric: Rubric) -> frozenset[str]:
    return frozenset(item.feature for item in rubric.items() if item.feature)
