"""Comparisons as table files: units by sections, self checks, the index, calibration."""

from inspection.domain.table import Cell, Row, Table
from inspection.services.analyses.analysis_tables import analysis_table, headings_of
from inspection.services.analyses.calibrations import CalibrationPage
from inspection.services.analyses.heat import HeatPage
from inspection.services.analyses.self_checks import SelfChecksPage, UnitGap
from inspection.services.analyses.visit_index import IndexPage, IndexRow
from inspection.services.exports import points, points_lost
from inspection.wording import Language, say


def heat_table(page: HeatPage, language: Language) -> Table:
    """Units with the share of each section's marks they lost, the whole as the last row."""
    headings = headings_of(("rank", "unit_code", "unit", "ranked", "expected"), language)
    headings += [
        say(language, "analysis_table.section_share", section=column.title.of(language))
        for column in page.columns
    ]
    rows: list[Row] = [
        (
            row.rank,
            row.region.code,
            row.region.name.of(language),
            row.ranked,
            row.expected,
            *(points(cell.share) for cell in row.cells),
        )
        for row in (*page.rows, page.whole)
    ]
    return analysis_table("heat", headings, rows, language)


def self_checks_table(page: SelfChecksPage, language: Language) -> Table:
    """Units, the kindest to themselves first, the whole as the last row; then items."""
    columns = ("unit_code", "unit", "item", "title", "n", "own", "seen", "difference", "note")
    units = [_unit_gap(row, language) for row in (*page.rows, page.whole)]
    items: list[Row] = [
        (
            *("", ""),
            row.gap.item,
            row.title.of(language),
            page.whole.stores,
            points_lost(row.gap.own),
            points_lost(row.gap.seen),
            points(row.gap.hidden) if row.comparable else None,
            "" if row.comparable else say(language, "analysis.item_differs"),
        )
        for row in page.items
    ]
    return analysis_table("self-checks", headings_of(columns, language), [*units, *items], language)


def index_table(page: IndexPage, language: Language) -> Table:
    """Units by their index with the mean of each method, the whole as the last row."""
    headings = headings_of(("rank", "unit_code", "unit", "index", "weight"), language)
    for method in page.methods:
        name = say(language, f"visit_method.{method.visit_kind}")
        code = method.round.code if method.round else "—"
        facts = {"method": name, "weight": method.weight, "round": code}
        headings += [
            say(language, "analysis_table.method_average", **facts),
            say(language, "analysis_table.method_stores", **facts),
        ]
    rows = [_index_row(row, language) for row in (*page.rows, page.total)]
    return analysis_table("index", headings, rows, language)


def calibration_table(page: CalibrationPage, language: Language) -> Table:
    """Items, the widest spread first; of one item or of all the inspectors are a list below."""
    columns = ("item", "title", "inspectors", "judged", "overall", "lowest", "middle", "highest")
    rows: list[Row] = [
        (
            row.found.item,
            row.title.of(language),
            row.found.inspectors,
            row.found.times,
            points(row.found.overall),
            points(row.found.lowest),
            points(row.found.middle),
            points(row.found.highest),
            points(row.found.range),
        )
        for row in page.rows
    ]
    return analysis_table("calibration", headings_of((*columns, "range"), language), rows, language)


def _unit_gap(row: UnitGap, language: Language) -> Row:
    return (
        row.region.code,
        row.region.name.of(language),
        *("", ""),
        row.stores,
        points(row.found.own),
        points(row.found.seen),
        points(row.found.gap),
        "",
    )


def _index_row(row: IndexRow, language: Language) -> Row:
    cells: list[Cell] = [
        row.found.rank,
        row.region.code,
        row.region.name.of(language),
        points(row.found.index),
        row.found.weight,
    ]
    for cell in row.cells:
        cells += [points(cell.average), cell.ranked]
    return tuple(cells)
