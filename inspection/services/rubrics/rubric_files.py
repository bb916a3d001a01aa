"""Rubrics as files people keep: a TOML file or a workbook into a draft, and out again."""

import asyncio
from collections.abc import Mapping
from math import isfinite
from typing import Any

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.decoding import MAX_DEPTH
from inspection.domain.decoding_faults import text_faults
from inspection.domain.refusals import BodyRefused, Fault, RubricFileRefused
from inspection.domain.rubrics.rubric_columns import SHEETS, SheetName
from inspection.domain.rubrics.rubric_document import Document, check_document, text_in
from inspection.domain.rubrics.rubric_names import LONGEST_TITLE
from inspection.domain.rubrics.rubric_reader import Reading, parse, read_values
from inspection.domain.rubrics.rubric_sheet_reading import read_sheets
from inspection.domain.rubrics.rubric_sheets import sheets_of
from inspection.persistence.engine import read_tx
from inspection.persistence.rubrics import rubrics
from inspection.services.reach import check_whole
from inspection.services.rubrics.rubric_reach import NOUN
from inspection.services.rubrics.rubric_starts import add_draft
from inspection.services.tools import Tools
from inspection.spreadsheets.reading import read_book
from inspection.spreadsheets.writing import write_xlsx
from inspection.wording import Language, say

_WORKBOOKS = (".xlsx", ".csv")
_ARCHIVE = b"PK\x03\x04"


class FileFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is to mend in a file: the path within the rubric, and its line where there are lines."""

    path: str
    line: int | None
    code: str
    facts: Mapping[str, str]


class ImportedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The draft a file became, and what is to mend in it."""

    id: str
    faults: tuple[FileFault, ...]


class _Taken(msgspec.Struct, frozen=True):
    document: Document
    faults: tuple[FileFault, ...]


async def import_draft(tools: Tools, actor: Actor, content: bytes, name: str) -> ImportedDraft:
    """Begin a draft with what a file says, faulty or not; it goes on from the version in force of
    its code. Raises RubricFileRefused for what holds no rubric at all, BodyTooLarge.
    """
    check_whole(actor, Action.RUBRIC_DRAFT_EDIT, NOUN)
    is_workbook = name.lower().endswith(_WORKBOOKS) or content.startswith(_ARCHIVE)
    taken = await asyncio.to_thread(_from_workbook if is_workbook else _from_file, content, name)
    if faults := text_faults(taken.document, [], max_depth=MAX_DEPTH):
        raise BodyRefused(faults=faults)
    async with read_tx():
        base = await rubrics.version_in_force(text_in(taken.document, "code"))
    based_on, kept_name = base.digest if base else None, name[:LONGEST_TITLE]
    draft = await add_draft(tools, actor, taken.document, based_on, file=kept_name)
    return ImportedDraft(id=draft, faults=taken.faults)


async def workbook_of(document: Document, language: Language) -> bytes:
    """A rubric as a workbook, its sheets and headings in a language."""
    names: dict[SheetName, str] = {
        sheet: say(language, f"rubric_sheet_name.{sheet}") for sheet in SHEETS
    }
    tables = sheets_of(document, names, chinese=language is Language.ZH)
    return await asyncio.to_thread(write_xlsx, *tables)


def _from_file(content: bytes, _: str) -> _Taken:
    parsed = parse(content)
    if isinstance(parsed, Reading):
        no = (Fault(f"/{fault.line}", fault.code, **fault.facts) for fault in parsed.faults)
        raise RubricFileRefused(faults=tuple(no))
    values, lines = parsed
    found = read_values(values, lines).faults
    return _Taken(
        _sayable(values),
        tuple(FileFault(path=f.place, line=f.line, code=f.code, facts=f.facts) for f in found),
    )


def _from_workbook(content: bytes, name: str) -> _Taken:
    texts = read_book(content, name)
    if no := tuple(fault for text in texts for fault in text.faults):
        raise RubricFileRefused(faults=no)
    sheets = read_sheets(texts)
    if sheets.faults:
        raise RubricFileRefused(faults=sheets.faults)
    found = check_document(sheets.document).faults
    return _Taken(
        sheets.document,
        tuple(FileFault(path=f.path, line=None, code=f.code, facts=f.facts) for f in found),
    )


def _sayable(value: Any) -> Any:  # noqa: ANN401  any TOML
    """The value as JSON says it: times and what is no finite number become texts."""
    if isinstance(value, dict):
        return {name: _sayable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_sayable(inner) for inner in value]
    finite = isinstance(value, str | int) or (isinstance(value, float) and isfinite(value))
    return value if finite else str(value)
