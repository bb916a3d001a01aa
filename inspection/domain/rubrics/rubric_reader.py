"""Rubric file -> Rubric, or every fault in it. The text is TOML; points stand in quotes."""

import re
import tomllib
from collections.abc import Mapping
from typing import get_args

import msgspec
from msgspec import UNSET, UnsetType

from inspection.domain.points import Rounding
from inspection.domain.rubrics.rubric import (
    NOT_CRITICAL,
    Band,
    Bonus,
    Critical,
    Effect,
    Evidence,
    Item,
    NaMethod,
    NotApplicable,
    Rubric,
    Section,
    Severity,
    StoreKind,
)
from inspection.domain.rubrics.rubric_checks import check
from inspection.domain.rubrics.rubric_faults import FaultList, RubricFault
from inspection.domain.rubrics.rubric_places import Places, places
from inspection.domain.rubrics.rubric_rules import read_rule
from inspection.domain.rubrics.rubric_table import Table

LARGEST_FILE = 1_000_000
MOST_PHOTOS = 6
"""Reference photos of one item: a phone fetches all of a rubric's."""

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_AT_LINE = re.compile(r"(.*) \(at line (\d+), column (\d+)\)")


class Reading(msgspec.Struct, frozen=True):
    """What a file gave: a rubric and no faults, or faults and no rubric."""

    rubric: Rubric | None
    faults: tuple[RubricFault, ...] = ()


def read(content: bytes) -> Reading:
    """Read one rubric file. Whatever is in it, the answer is a rubric or all its faults."""
    parsed = parse(content)
    return parsed if isinstance(parsed, Reading) else read_values(*parsed)


def parse(content: bytes) -> tuple[dict[str, object], Places] | Reading:
    """What a file says and the line of each value, or the fault that keeps it from being read."""
    try:
        text = _text(content)
        return tomllib.loads(text), places(text)
    except _Unreadable as unreadable:
        return Reading(None, (unreadable.fault,))
    except tomllib.TOMLDecodeError as broken:
        return Reading(None, (_broken(str(broken)),))
    except RecursionError:
        return Reading(None, (RubricFault("", 1, "rubric.too_deep"),))


def read_values(values: Mapping[str, object], lines: Places) -> Reading:
    """The same of what a file parses to; `lines` says where each value of it stands."""
    faults = FaultList(lines)
    rubric = _rubric(Table(values, (), faults))
    check(rubric, faults)
    found = faults.sorted()
    return Reading(None if found else rubric, found)


class _Unreadable(Exception):
    def __init__(self, fault: RubricFault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        facts = {"length": str(len(content)), "most": str(LARGEST_FILE)}
        raise _Unreadable(RubricFault("", 1, "rubric.file_too_large", facts))
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise _Unreadable(RubricFault("", line, "rubric.not_utf8")) from fault


def _broken(message: str) -> RubricFault:
    at_line = _AT_LINE.fullmatch(message)
    if at_line is None:
        return RubricFault("", 1, "rubric.toml_broken_at_end", {"reason": message})
    reason, line, column = at_line.groups()
    return RubricFault("", int(line), "rubric.toml_broken", {"reason": reason}, int(column))


def _rubric(table: Table) -> Rubric:
    rubric = Rubric(
        code=table.text("code"),
        edition=table.text("edition"),
        title=table.wording("title"),
        store_kind=table.word("store_kind", get_args(StoreKind)),
        full=table.points("full"),
        pass_line=table.points("pass_line") if table.has("pass_line") else None,
        bands=tuple(_band(band) for band in table.tables("bands")),
        na_method=table.word("na_method", get_args(NaMethod)),
        rounding=table.word("rounding", get_args(Rounding)),
        repeat_factor=table.points("repeat_factor"),
        spot_refund=table.points("spot_refund"),
        bonus_cap=table.points("bonus_cap"),
        bonuses=tuple(_bonus(bonus) for bonus in _optional(table, "bonuses")),
        manual_na_review_share=table.points("manual_na_review_share"),
        min_applicable_share=table.points("min_applicable_share"),
        not_observed_share=table.points("not_observed_share"),
        sections=tuple(_section(section) for section in table.tables("sections")),
    )
    table.close()
    return rubric


def _optional(table: Table, field: str) -> list[Table]:
    return table.tables(field) if table.has(field) else []


def _band(table: Table) -> Band:
    band = Band(
        code=table.text("code"),
        title=table.wording("title"),
        floor=table.points("floor"),
        ceiling=table.points("ceiling"),
    )
    table.close()
    return band


def _bonus(table: Table) -> Bonus:
    bonus = Bonus(
        code=table.text("code"), title=table.wording("title"), points=table.points("points")
    )
    table.close()
    return bonus


def _section(table: Table) -> Section:
    section = Section(
        code=table.text("code"),
        key=table.text("key"),
        title=table.wording("title"),
        short=table.wording("short"),
        full=table.points("full"),
        items=tuple(_item(item) for item in table.tables("items")),
        over_allocated=table.flag("over_allocated"),
    )
    table.close()
    return section


def _item(table: Table) -> Item:
    item = Item(
        code=table.text("code"),
        title=table.wording("title"),
        standard=table.wording("standard"),
        full=table.points("full"),
        rule=read_rule(table.table("rule")),
        rule_text=table.wording("rule_text"),
        evidence=table.word("evidence", get_args(Evidence)),
        na=table.word("na", get_args(NotApplicable)),
        feature=table.optional_text("feature"),
        severity=table.word("severity", get_args(Severity)),
        critical=_critical(table),
        rectification=table.wording("rectification"),
        hours=table.whole("hours"),
        source=table.text("source"),
        responsible=table.wording("responsible") if table.has("responsible") else UNSET,
        photos=_photos(table),
    )
    table.close()
    return item


def _photos(table: Table) -> tuple[str, ...] | UnsetType:
    if not table.has("photos"):
        return UNSET
    named = table.texts("photos")
    for index, name in enumerate(named):
        if not _SHA256.fullmatch(name):
            table.faults.reject((*table.at("photos"), index), "photo_malformed", value=name)
        elif name in named[:index]:
            table.faults.add((*table.at("photos"), index), "photo_repeated")
    if len(named) > MOST_PHOTOS:
        table.faults.add(table.at("photos"), "photos_too_many", most=MOST_PHOTOS)
    return named


def _critical(table: Table) -> Critical:
    inner = table.table("critical") if table.has("critical") else None
    if inner is None:
        return NOT_CRITICAL
    effect: Effect = inner.word("effect", get_args(Effect))
    capped = inner.has("cap")
    critical = Critical(effect, inner.points("cap")) if capped else Critical(effect)
    if capped is not (effect == "cap"):
        code = "cap_without_effect" if capped else "cap_missing"
        inner.faults.reject(inner.at("cap"), code, effect=effect)
    inner.close()
    return critical
