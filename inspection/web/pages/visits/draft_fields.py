"""What stands in the fields of a draft, and what was typed but not kept."""

from typing import Any, TypedDict

import msgspec

from inspection.services.notices.notice_results import NoticeDetail
from inspection.web.pages.refused_forms import RefusedForm

COLUMNS = ("problem", "requirement", "responsible", "hours", "hours_kind")
"""The fields a draft has for each of its lines."""


class Unsaved(TypedDict):
    """A field whose typed words are not the stored ones; `line` is 0 for the notice's own."""

    line: int
    field: str
    text: str


def lines_shown(found: NoticeDetail, refused: RefusedForm | None) -> list[dict[str, Any]]:
    """The lines with what was typed in them, when they come back from a refusal."""
    lines = [msgspec.structs.asdict(line) for line in found.lines]
    if refused is None:
        return lines
    for column in COLUMNS:
        typed = refused.column(column, [str(line[column]) for line in lines])
        for line, value in zip(lines, typed, strict=True):
            line[column] = value
    return lines


def demands_shown(found: NoticeDetail, refused: RefusedForm | None) -> str:
    """The demands, one per line."""
    stored = "\n".join(found.demands)
    return stored if refused is None else refused.typed("demands")


def unsaved(found: NoticeDetail, refused: RefusedForm) -> list[Unsaved]:
    """Every field that was typed otherwise than it is stored, with the typed words."""
    stored, typed = lines_shown(found, None), lines_shown(found, refused)
    apart = [
        Unsaved(line=was["number"], field=column, text=str(now[column]))
        for was, now in zip(stored, typed, strict=True)
        for column in COLUMNS
        if _words(now[column]) != _words(was[column])
    ]
    demands = refused.typed("demands", demands_shown(found, None))
    if _words(demands) != _words(demands_shown(found, None)):
        apart.append(Unsaved(line=0, field="demands", text=demands))
    return apart


def _words(value: object) -> list[str]:
    # A browser sends other line ends than it got; that alone is no other wording.
    return str(value).split()
