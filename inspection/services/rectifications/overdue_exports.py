"""What is overdue as a file."""

from inspection.domain.access import Actor
from inspection.domain.table import Row
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.rectifications.overdue import (
    OverdueAsked,
    OverdueLine,
    OverdueRow,
    overdue,
)
from inspection.services.tools import Tools
from inspection.wording import Language, catalogue, say

_ROWS = ("late_name", "late_code", "late_stores", "late_lines", "late_hours", "longest_late")
_LINES = ("number", "late_line", "item_code", "item", "late_severity", "late_due", "late_hours")


def overdue_export(tools: Tools, actor: Actor, asked: OverdueAsked, language: Language) -> Export:
    """The rows the page shows: regions, stores, or the lines of one."""

    async def read(_: str) -> Page:
        found = await overdue(tools, actor, asked, language)
        if asked.store:
            return [_line(each, language) for each in found.lines], None
        return [_row(each) for each in found.rows], None

    headings = headings_of(_LINES if asked.store else _ROWS, language)
    return Export("overdue", "overdue", say(language, "nav.overdue"), headings, every_page(read))


def _row(row: OverdueRow) -> Row:
    return (row.name, row.code, row.stores, row.lines, row.hours, row.longest)


def _line(late: OverdueLine, language: Language) -> Row:
    line = late.line
    word = catalogue(language).get(f"severity.{line.severity}", line.severity)
    title = late.title.of(language)
    return (line.notice_number, line.number, line.item, title, word, late.due_at, late.hours)
