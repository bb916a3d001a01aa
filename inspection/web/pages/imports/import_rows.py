"""Rows of an import in words: each fault with its column, value, problem and cure; each change."""

from collections.abc import Iterable
from string import ascii_uppercase

import msgspec

from inspection.domain.imports.sheet_import import ImportNoun, JudgedRow, WholeFault, differences
from inspection.domain.org.region_path import code_of
from inspection.services.imports.import_work import KINDS
from inspection.services.imports.imports import ImportDetail
from inspection.wording import Language, catalogue, say

_FEATURES = msgspec.json.Decoder(list[str])
_ENDS = {Language.ZH: "。", Language.EN: ". "}


class FaultLine(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of one row; `cell` is its address in the file (`B3`), empty where the row ends
    before it; `cure` says how to mend it.
    """

    line: int
    name: str
    column: str
    cell: str
    value: str
    problem: str
    cure: str


class FieldChange(msgspec.Struct, frozen=True):
    """A field as it is and as it would be."""

    label: str
    old: str
    new: str


def fault_lines(
    noun: ImportNoun, rows: Iterable[JudgedRow], language: Language
) -> tuple[FaultLine, ...]:
    """Every fault of these rows, in order."""
    columns = KINDS[noun].columns
    lines = []
    for row in rows:
        for fault in row.faults:
            problem, cure = in_two(say(language, fault.code, **fault.facts), language)
            column = columns.get(fault.column)
            lines.append(
                FaultLine(
                    line=row.line,
                    name=row.name or row.code,
                    column=column[language is Language.ZH] if column else "",
                    cell=_cell(row, fault.column),
                    value=row.cells.get(fault.column, ""),
                    problem=problem,
                    cure=cure,
                )
            )
    return tuple(lines)


def _cell(row: JudgedRow, column: str) -> str:
    places = dict(zip(row.cells, ascii_uppercase, strict=False))
    return f"{places[column]}{row.line}" if column in places else ""


def whole_faults(faults: Iterable[WholeFault], language: Language) -> tuple[str, ...]:
    """What is wrong with the file as a whole."""
    told = []
    for each in faults:
        sentence = say(language, each.fault.code, **each.fault.facts)
        told.append(say(language, "import.line", n=each.line) + sentence if each.line else sentence)
    return tuple(told)


def row_changes(detail: ImportDetail, language: Language) -> dict[int, tuple[FieldChange, ...]]:
    """What changed rows would change, by line."""
    words = catalogue(language)
    found = {}
    for row in detail.rows:
        changed = differences(row.before, row.after, detail.made | _TWICE)
        found[row.line] = tuple(
            FieldChange(
                words.get(f"import_field.{field}", field), shown(field, old), shown(field, new)
            )
            for field, (old, new) in changed.items()
        )
    return found


_TWICE = frozenset({"region", "store", "place"})
"""Ids of what is told by its path or its code."""


def in_two(sentence: str, language: Language) -> tuple[str, str]:
    """What is wrong, and what to do about it: sentences of the catalogue say both in this order."""
    end = _ENDS[language]
    problem, found, cure = sentence.partition(end)
    return (problem, cure) if found and cure else (sentence, "")


def shown(field: str, value: object) -> str:
    """A value as people read it in a sheet."""
    if value is None or value == "":
        return ""
    if field.endswith("_e6"):
        return f"{int(str(value)) / 1_000_000:.6f}".rstrip("0")
    if field == "features":
        return "; ".join(_FEATURES.decode(str(value)))
    if field == "region_path":
        return code_of(str(value))
    return str(value)
