"""Units side by side as a table file: what the page shows, with numbers as numbers."""

from inspection.domain.table import Cell, Row, Table
from inspection.services.exports import points, points_lost
from inspection.services.rankings.unit_results import UnitRow, UnitsPage
from inspection.wording import Language, say

COLUMNS = (
    "rank", "movement", "code", "region", "average", "change", "change_unit", "pass_rate", "passed",
    "ranked", "expected", "vetoed", "note",
)  # fmt: skip


def units_table(page: UnitsPage, language: Language) -> Table:
    """The units in the order of the page, the whole they lie in as the last row."""
    headings = [say(language, f"unit_table.{column}") for column in COLUMNS]
    for column in page.columns:
        title = column.title.of(language)
        headings += [
            say(language, "unit_table.section_score", section=title),
            say(language, "unit_table.section_lost", section=title),
        ]
    rows = [_row(page, row, language) for row in (*page.rows, page.whole)]
    return Table(say(language, "units.title"), tuple(headings), rows)


def _row(page: UnitsPage, row: UnitRow, language: Language) -> Row:
    cells: list[Cell] = [
        row.rank,
        row.movement,
        row.region.code,
        row.region.name.of(language),
        points(row.average),
        points(row.change),
        say(language, "units.points" if page.comparable else "units.percent_points"),
        points(row.pass_rate),
        row.passed,
        row.ranked,
        row.expected,
        row.vetoed,
        _why_unranked(row, language),
    ]
    for cell in row.sections:
        cells += [points(cell.score), points_lost(cell.lost)]
    return tuple(cells)


def _why_unranked(row: UnitRow, language: Language) -> str:
    if row.covered:
        return ""
    return say(language, "units.not_covered_short" if row.expected else "units.none_due")
